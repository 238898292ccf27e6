"""The days that came with the addon are China's: a company of another country has its own."""

from odoo import SUPERUSER_ID, api
from odoo.addons.paper_base.lib import cn_holidays
from odoo.tools import file_open


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    with file_open("paper_base/data/cn_calendar.csv", "rb") as source:
        rows, _errors = cn_holidays.parse_calendar_csv(source.read())
    kinds = {row.date: row.kind for row in rows}
    days = env["paper.calendar.day"].search(
        [("company_id", "=", False), ("country_id", "=", False), ("date", "in", list(kinds))]
    )
    days.filtered(lambda day: day.kind == kinds[day.date]).country_id = env.ref("base.cn")
