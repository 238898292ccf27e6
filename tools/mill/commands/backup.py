"""Write a backup of the database of ./mill run, with its files, and try it: it is restored beside, and compared row by row
count, contract by contract, file by file.

./mill backup                       into .local/backup; the last five are kept
./mill backup --to /mnt/other/disk  elsewhere; --keep 30
./mill backup --untried             only written
"""

from .. import databases, paths, run_database, setup
from ..console import Problem, doing, say
from ..postgres import cluster


def options(parser):
    parser.add_argument("--to", metavar="FOLDER", help="folder below which it is written")
    parser.add_argument("--keep", type=int, default=run_database.KEEP, help="so many stay, the oldest go; 0: all stay")
    parser.add_argument("--untried", action="store_true", help="do not restore it to see whether it can be")


def call(args):
    started = setup.ensure("run", browser=False)
    try:
        if not databases.exists("run", run_database.NAME):
            raise Problem(f"There is no database {run_database.NAME} yet.", "./mill run makes it.")
        with doing("the backup is written"):
            folder = run_database.backup(paths.given(args.to) if args.to else run_database.BACKUPS, args.keep)
        say(f"written: {paths.shown(folder)}")
        if not args.untried:
            with doing("it is restored beside"):
                said = run_database.try_backup(folder)
            say(f"tried: {sum(said['rows'].values()):,} rows and {said['files']:,} files came back as they were")
    finally:
        if started:
            cluster("run").stop()
