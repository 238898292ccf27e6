"""The production plan: a generated month, computed and then planned anew after a breakdown of five days.

The size is the number of demands; 275 of them fill two machines for 30 days, other sizes as many days as they need.
"""

import sys
import time
from pathlib import Path

PLAIN = True
SIZES = [100, 275, 1000]
LIMITS = {"ratio_violations": 0, "ratio_length_over_bound": 1.15, "compute_seconds": 60, "replan_seconds": 20}
ROOT = Path(__file__).resolve().parents[2]
DAY = 86400

sys.path.insert(0, str(ROOT / "addons" / "paper_base" / "tests_lib"))


def run(ctx):
    import plain_lib  # noqa: PLC0415 - found by the line above

    plain_lib.load_lib(ROOT / "addons" / "paper_capacity" / "tests_lib" / "conftest.py")
    plain_lib.load_lib(ROOT / "addons" / "paper_production" / "tests_lib" / "conftest.py")
    sys.path.insert(0, str(ROOT / "addons" / "paper_production" / "tests_lib"))
    worst = {"violations": 0, "over": 0.0, "compute": 0.0, "replan": 0.0}
    for count in ctx.sizes:
        measure(ctx, count, worst)
    ctx.figure("ratio_violations", worst["violations"], "rules")
    ctx.figure("ratio_length_over_bound", round(worst["over"], 4), "times")
    ctx.figure("compute_seconds", round(worst["compute"], 1), "s")
    ctx.figure("replan_seconds", round(worst["replan"], 1), "s")


def measure(ctx, count, worst):
    import generated  # noqa: PLC0415 - as above
    from paper_production_lib.sequencing import plan  # noqa: PLC0415

    days = max(round(30 * count / 275), 10)
    demands, rules = generated.demands(count, days), generated.rules()
    begun = time.perf_counter()
    first = plan(demands, generated.machines(days + 90), rules, seconds=40)
    took = time.perf_counter() - begun
    before = {key: (campaign.machine, end) for campaign in first.campaigns for key, end in campaign.ends.items()}
    stops = generated.machines(days + 90, closed=[(3 * DAY, 8 * DAY)])
    begun = time.perf_counter()
    again = plan(demands, stops, rules, seconds=12, before=before)
    anew = time.perf_counter() - begun
    after = {key: (campaign.machine, end) for campaign in again.campaigns for key, end in campaign.ends.items()}
    over = first.length / first.bound
    figures = {
        "seconds": (round(took, 1), "s"),
        "campaigns": (len(first.campaigns), ""),
        "violations": (first.broken + again.broken, "rules"),
        "length_over_bound": (round(over, 4), "times"),
        "changeover_hours": (round(sum(one.seconds for one in first.campaigns) / 3600, 1), "h"),
        "late_orders": (len(first.late), ""),
        "late_tonne_days": (round(sum(late / DAY * kg(demands, key) / 1000 for key, late in first.late.items())), "t·d"),
        "tries": (first.tries, ""),
        "replan_seconds": (round(anew, 1), "s"),
        "replan_on_another_machine": (sum(after[key][0] != before[key][0] for key in before), ""),
        "replan_untouched": (sum(after[key] == before[key] for key in before), ""),
        "replan_late_orders": (len(again.late), ""),
    }
    for name, (value, unit) in figures.items():
        ctx.figure(f"plan_{count}_{name}", value, unit)
    worst["violations"] += first.broken + again.broken
    worst["over"] = max(worst["over"], over)
    worst["compute"], worst["replan"] = max(worst["compute"], took), max(worst["replan"], anew)


def kg(demands, key):
    return next(demand.kg for demand in demands if demand.key == key)
