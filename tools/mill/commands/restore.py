"""Put a backup in the place of the database of ./mill run. What is there is kept beside, under a name with the time.

./mill restore .local/backup/mill-20260101-120000
./mill restore                      the newest one
"""

from .. import backups, paths, run_database, setup
from ..console import Problem, doing, say
from ..postgres import cluster


def options(parser):
    parser.add_argument("folder", nargs="?", metavar="FOLDER", help="of the backup; the newest in .local/backup if none is named")


def call(args):
    started = setup.ensure("run", browser=False)
    try:
        newest = (backups.of(run_database.BACKUPS, run_database.NAME) or [None])[-1]
        folder = paths.given(args.folder) if args.folder else newest
        if not folder:
            raise Problem(f"There is no backup in {paths.shown(run_database.BACKUPS)}.", "./mill backup writes one.")
        bring_back(folder)
    finally:
        if started:
            cluster("run").stop()


def bring_back(folder):
    """Restore, and say where what was there before is kept."""
    with doing("it is restored beside, and compared"):
        kept = run_database.restore(folder)
    say(f"restored from {paths.shown(folder)}" + (f"; what was there before is the database {kept}" if kept else ""))
