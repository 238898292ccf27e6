"""Build the demo mill at moments at which a calendar can trip it, and look at it with tests/demo.

Odoo's clock is set by freezegun and goes on from there; SQL's now() is set in the database to the same moment. The tours are left
out: a browser keeps its own time."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tools.mill import run_database
from tools.mill.clock import ZONE
from tools.mill.console import say
from tools.mill.postgres import cluster
from tools.mill.testing import together

TITLE = "the demo mill built at midnight, before holidays, on a leap day"
SHORT = None  # each moment is a demo mill of its own: too long for ./mill test
MILL = ZoneInfo(ZONE)
# By the mill's clock. Public holidays are known for 2024 to 2026.
MOMENTS = {
    "before midnight": "2026-11-29 23:58",
    "after midnight": "2026-11-30 00:02",
    "early morning, yesterday in UTC": "2026-11-26 07:50",
    "Friday evening": "2026-11-27 21:30",
    "Sunday": "2026-11-29 11:00",
    "before the National Day": "2026-09-30 16:00",
    "before the Spring Festival": "2026-02-13 10:00",
    "Spring Festival of a year without holidays": "2027-02-05 10:00",
    "the year's last evening": "2026-12-31 23:30",
    "end of a month": "2027-01-31 12:00",
    "leap day": "2028-02-29 00:05",
}
NOW = """
create function public.now() returns timestamptz language sql stable as
    $$ select pg_catalog.now() + interval '{seconds} seconds' $$;
alter database "{database}" set search_path = "$user", public, pg_catalog;
"""


def options(parser):
    parser.add_argument("--moment", action="append", metavar="NAME", help=f"one of: {'; '.join(MOMENTS)} (all)")


def run(trial):
    for name in trial.args.moment or MOMENTS:
        moment = datetime.fromisoformat(MOMENTS[name]).replace(tzinfo=MILL)
        say(f"{name}: {moment:%Y-%m-%d %H:%M %A}")
        trial.make_database()
        seconds = (moment - datetime.now(MILL)).total_seconds()
        cluster("test").execute(trial.database, NOW.format(seconds=seconds, database=trial.database))
        run_database.load_demo("test", trial.database, seconds)
        result = together.inside(
            f"demo mill {name}", together.demo_files(), "not timeline", trial.database, MILL_CLOCK_AHEAD=str(seconds)
        )
        trial.figure(name, result.passed, "tests passed")
        trial.expect(result.passed, f"{name}: no test was run")
        for title, lines in result.failed.items():
            trial.expect(False, f"{name}: {title}: {lines[-1] if lines else ''}")
        for problem in result.problems:
            trial.expect(False, f"{name}: {problem}")
