"""Style, manifests, licences, translations and our own guards: ruff, pylint-odoo, OCA's checks, manifestoo, tests/guards.

./mill lint                  what changed: pylint-odoo and OCA's checks look at addons with changes since the last commit
./mill lint --all            every addon
./mill lint ruff guards      some of it
./mill lint --write          also write docs/traceability.md, and let ruff mend what it can"""

import concurrent.futures
import sys

from .. import linters, odoo_source, paths, python_env, steps
from ..console import Problem, plain, say
from ..shell import run


def options(parser):
    parser.add_argument("which", nargs="*", help="only these linters")
    parser.add_argument("--all", action="store_true", help="look at every addon, not at those that changed since main alone")
    parser.add_argument("--write", action="store_true", help="write docs/traceability.md and mend what ruff can mend")


def call(args):
    with steps.alone():
        odoo_source.ensure()  # the linters look up the manifests of Odoo's and OCA's addons
        steps.together(python_env.ensure, python_env.ensure_lint)
    if args.write:
        run([sys.executable, paths.TESTS / "guards" / "traceability.py"], what="writing docs/traceability.md")
        run(
            [linters.BIN / "ruff", "check", "--quiet", "--fix-only", "addons", "tools", "tests"],
            cwd=paths.ROOT,
            what="ruff --fix",
        )
    names = None if args.all else linters.changed()
    if names is not None:
        say(f"addons that changed: {', '.join(names) or 'none'}")
    commands = linters.commands(names)
    unknown = set(args.which) - {title for title, _command in linters.commands()}
    if unknown:
        raise Problem(
            f"There is no linter {', '.join(sorted(unknown))}.", f"There are: {', '.join(title for title, _c in commands)}"
        )
    chosen = [(title, command) for title, command in commands if not args.which or title in args.which]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda pair: linters.run(*pair), chosen))
    for outcome in outcomes:
        say(f"{'ok  ' if outcome.good else 'FAIL'} {outcome.title}")
        if not outcome.good:
            for line in outcome.lines:
                plain(f"    {line}")
    long = linters.long_files()
    if long:
        plain(f"longer than {linters.LONG} lines: {', '.join(f'{name} ({lines})' for lines, name in long)}")
    bad = [outcome.title for outcome in outcomes if not outcome.good]
    plain(f"lint: {len(outcomes) - len(bad)} passed, {len(bad)} failed{f': {chr(44).join(bad)}' if bad else ''}")
    return 1 if bad else 0
