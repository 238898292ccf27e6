"""The command line: which command, and what to say when something is missing."""

import argparse
import errno
import importlib
import sys

from .console import Problem, complain, elapsed

COMMANDS = {
    "setup": "fetch and make everything that the other commands need",
    "run": "the mill with its demo data, ready to log in",
    "demo": "walk the orders of an order book through all the steps",
    "test": "every test, or those of some addons",
    "lint": "style, manifests, licences, translations and our own guards",
    "bench": "measure one thing against plain Odoo",
    "trial": "try to break it: hostile input, a server that is killed",
    "shell": "Odoo's Python shell on the run (or test) database",
    "release": "keep the demo mill of a landed release, on which later code is tried",
    "doctor": "tell how the installation is: jobs, mails, backup, versions",
    "backup": "write a backup of the run database and its files, and try it",
    "restore": "put a backup in the place of the run database, which is kept",
    "upgrade": "bring the run database up to the addons on disk, after a backup",
}
EPILOG = """Each command does the set-up that it needs by itself, and can be called again. Everything made lies under
.local/.
Knobs: ODOO_SRC=<checkout of 19.0>  ODOO_DEBS=<shared folder of .debs>  PG*=<an existing server>  MILL_LOCAL=<another
.local>"""


def parser():
    """Build the parser; each command's module adds its own options."""
    top = argparse.ArgumentParser(
        prog="./mill",
        description="Order management for paper mills, on Odoo 19.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, title in COMMANDS.items():
        module = importlib.import_module(f".commands.{name}", __package__)
        sub = commands.add_parser(
            name, help=title, description=module.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        module.options(sub)
        sub.set_defaults(call=module.call)
    return top


def main(argv=None):
    args = parser().parse_args(argv)
    try:
        return args.call(args) or 0
    except Problem as problem:
        complain(problem)
        return 1
    except KeyboardInterrupt:
        complain(f"stopped after {elapsed():.0f} s")
        return 130
    except OSError as error:
        if error.errno == errno.ENOSPC:
            complain(
                "the disk is full.\n      Free some space (about 5 GB are wanted) and call again; what was finished is kept."
            )
            return 1
        raise


if __name__ == "__main__":
    sys.exit(main())
