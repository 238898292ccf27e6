# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Roll numbers of the trade's associations: the 16 digits of WAN-IFRA, the roll number of TAPPI TIP 1004-01."""

GRAMMAGES = {40.0: 1, 45.0: 2, 48.8: 3, 52.0: 4}
MONTHS = "ABCDEFGHJKLM"


def ifra(machine, day, serial, kg, basis_weight, manufacturer, wrapping=1):
    """Return the 16 digits: reel number (machine, week, serial), weight, wrapping, grammage code, manufacturer.

    Serial numbers of even years stay below 50000, those of odd years begin there.

    >>> from datetime import date
    >>> ifra(1, date(2026, 11, 30), 123, 616.25, 48.8, 7)
    '1490012306161307'
    >>> ifra(2, date(2027, 1, 4), 123, 616, 60, 12)
    '2015012306161012'
    """
    week = day.isocalendar().week
    number = serial % 50000 + (50000 if day.year % 2 else 0)
    return f"{machine}{week:02d}{number:05d}{round(kg):04d}{wrapping}{GRAMMAGES.get(basis_weight, 0)}{manufacturer:02d}"


def tappi(mill, machine, day, reel, set_number, percent):
    """Return the roll number: mill, machine, year, month, day, reel, set, percent of the distance from the front edge.

    >>> from datetime import date
    >>> tappi("K", "1", date(2026, 11, 30), 17, 2, 99)
    'K16L30017299'
    """
    return f"{mill}{machine}{day.year % 10}{MONTHS[day.month - 1]}{day.day:02d}{reel % 1000:03d}{set_number % 10}{percent:02d}"


def percent_from_front(widths, place):
    """Return where a roll begins, in percent of the web from the front edge; the roll at the back has 99.

    :param widths: of all rolls of the set, from the drive side, which is the back
    :param place: of the roll among them, from 0

    >>> [percent_from_front([800, 800, 400], place) for place in (0, 1, 2)]
    [99, 20, 0]
    """
    if place == 0 and len(widths) > 1:
        return 99
    return min(int(100 * sum(widths[place + 1 :]) / (sum(widths) or 1)), 99)
