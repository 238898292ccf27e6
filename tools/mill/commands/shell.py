"""Odoo's Python shell, with `env`, on the database of ./mill run; or on a throw-away copy of the test template.

./mill shell                      by hand
echo "print(env.company.name)" | ./mill shell
"""

import contextlib
import subprocess

from .. import configuration, databases, paths, run_database, setup, templates
from ..console import Problem
from ..postgres import cluster


def options(parser):
    parser.add_argument("--test", action="store_true", help="on a fresh copy of the test template with all addons")
    parser.add_argument("--database", metavar="NAME", help="another database of the same cluster")


def call(args):
    where = "test" if args.test else "run"
    started = setup.ensure(where, browser=False)
    try:
        return _shell(args, where)
    finally:
        if started and where == "run":
            cluster(where).stop()


def _shell(args, where):
    database = args.database or ("shell" if args.test else run_database.NAME)
    if args.test and not args.database:
        templates.clone_of(templates.everything(), database)
    elif not databases.exists(where, database):
        raise Problem(f"There is no database {database} yet.", "./mill run makes it; or take ./mill shell --test")
    with contextlib.suppress(KeyboardInterrupt):
        return subprocess.run(
            [paths.LAUNCHER, "shell", "-d", database, "--no-http", "--log-level=warn"],
            env=configuration.environment(where),
            cwd=paths.LOCAL,
            check=False,
        ).returncode
    return 130
