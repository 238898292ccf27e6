# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Write data/cn_calendar.csv from the package chinesecalendar (MIT).

The package follows the notices of the State Council on each year's schedule. Run
``python make_cn_calendar.py > ../data/cn_calendar.csv``.
"""

import csv
import io
import sys

YEARS = (2024, 2025, 2026)
# The names as in the notices; the package shortens some.
FULL_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}


def generate():
    """Return the text of the table."""
    from chinese_calendar import constants

    chinese = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    days = [(day, "holiday", name) for day, name in constants.holidays.items()]
    days += [(day, "makeup", name) for day, name in constants.workdays.items()]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("date", "kind", "name"))
    for day, kind, name in sorted(days):
        if day.year in YEARS:
            writer.writerow((day.isoformat(), kind, FULL_NAMES.get(chinese[name], chinese[name])))
    return text.getvalue()


if __name__ == "__main__":
    sys.stdout.write(generate())
