"""Bring the database of ./mill run up to the addons on disk. A backup (database and filestore) is written first.

./mill upgrade                    addons whose files changed since the last time
./mill upgrade --all              every module, Odoo's own too (after a new Odoo or new OCA packages)
./mill upgrade --restore .local/backup/mill-20260101-120000
"""

from .. import addons, databases, paths, run_database, setup
from ..console import Problem, say
from ..postgres import cluster
from . import restore


def options(parser):
    parser.add_argument("--all", action="store_true", help="upgrade every installed module")
    parser.add_argument("--backup-only", action="store_true", help="only write the backup")
    parser.add_argument("--restore", metavar="FOLDER", help="the same as ./mill restore FOLDER")


def call(args):
    started = setup.ensure("run", browser=False)
    try:
        _upgrade(args)
    finally:
        if started:
            cluster("run").stop()


def _upgrade(args):
    if args.restore:
        restore.bring_back(paths.given(args.restore))
        return
    if not databases.exists("run", run_database.NAME):
        raise Problem(f"There is no database {run_database.NAME} yet.", "./mill run makes it.")
    if args.backup_only:
        say(f"backup in {paths.shown(run_database.backup())}")
        return
    changed = list(addons.ours()) if args.all else run_database.outdated()
    if not changed:
        say("nothing to upgrade: no addon has changed since the last time (--all does it anyway)")
        return
    run_database.upgrade(changed, everything=args.all)
    say(f"upgraded: {', '.join(changed)}")
