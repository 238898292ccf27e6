# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A month of a mill with two paper machines, drawn at random from a seed: its demands, rules and machines."""

from random import Random

from paper_capacity_lib.machine import Machine, subtract_intervals
from paper_production_lib.campaigns import Demand, Line
from paper_production_lib.plan_rules import Paper, Rule

HOUR, DAY = 3600, 86400
# kg/h of each machine by grade; the second one makes no board. Basis weights 15 % apart at most.
RATES = {"PM1": {"offset": 9000, "tinted": 8500, "kraft": 11000}, "PM2": {"offset": 7000, "kraft": 9500}}
WEIGHTS = {"offset": (60, 70, 80, 90, 100, 120), "tinted": (70, 80, 90), "kraft": (70, 80, 90, 100, 120)}
SHADES = {"offset": 0, "tinted": 3, "kraft": 6}


def rules():
    """Return the rules of the mill."""
    return [
        Rule("time", "changeover", seconds=1200, broke=400),
        Rule("grade", "changeover", from_grade="offset", to_grade="kraft", seconds=2400, broke=900),
        Rule("back", "changeover", from_grade="kraft", seconds=3600, broke=1500),
        Rule("shade", "shade_order", seconds=5400),
        Rule("step", "largest_step", value=25),
        Rule("least", "minimum_run", value=8000),
        Rule("never", "forbidden", from_grade="kraft", to_grade="tinted"),
        Rule("tint", "pass_through", machine="PM1", from_grade="tinted", to_grade="kraft", via_grade="offset"),
    ]


def machines(days=120, closed=()):
    """Return the two machines, open but for a felt change each week; PM1 is closed in ``closed``, [(start, stop)], too."""
    found = []
    for place, name in enumerate(RATES):
        hours, week = [], 7 * DAY
        for start in range(place * DAY, days * DAY, week):
            hours.append((start, start + week - 8 * HOUR))
        hours.append((0, place * DAY))
        clock = Machine(hours)
        if place == 0 and closed:
            clock = Machine(subtract_intervals(clock.open_hours, closed))
        found.append(Line(name, clock, name=name))
    return found


def demands(count=275, days=30, seed=7):
    """Return demands that fill both machines to about four fifths of ``days``."""
    draw, papers = Random(seed), [(grade, weight) for grade, weights in WEIGHTS.items() for weight in weights]
    shares, total = [draw.uniform(0.5, 3) for _ in range(count)], sum(RATES[name]["offset"] for name in RATES) * 24 * days * 0.8
    scale, found = total / sum(shares), []
    for number, share in enumerate(shares):
        grade, weight = papers[number % len(papers)] if number < 3 * len(papers) else draw.choice(papers)
        kg = round(share * scale, -1)
        found.append(
            Demand(
                f"D{number:04}",
                Paper(grade, weight, SHADES[grade], f"{grade} {weight}"),
                kg,
                {name: kg / rates[grade] * HOUR for name, rates in RATES.items() if grade in rates},
                due=int(draw.uniform(4, days + 6) * DAY),
                name=f"order {number}",
            )
        )
    return found
