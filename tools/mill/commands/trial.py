"""Try to break the mill: a real server is fed with what nobody should send, or killed while it works.

  ./mill trial                              which trials there are
  ./mill trial fuzz --count 10000           hostile arrivals by upload, mail and webhook
  ./mill trial fuzz --help                  the trial's own options

A trial is a file tests/trial/<name>.py with TITLE, options(parser), SHORT (the options of its short run, which is a part of
./mill test; None: it has no short run) and run(trial); tools/mill/trial/context.py says what it gets. It ends with 1 when
something that it expects does not hold."""

import argparse

from .. import paths, setup
from ..console import Problem, plain, table
from ..trial import context

TRIALS = paths.TESTS / "trial"


def options(parser):
    parser.add_argument("name", nargs="?", help="the trial; none lists them")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="the trial's own options")


def call(args):
    if not args.name:
        for path in trials():
            plain(f"  {path.stem:8} {context.load(path).TITLE}")
        return 0
    path = TRIALS / f"{args.name}.py"
    if path not in trials():
        raise Problem(f"There is no trial {args.name}.", f"There are: {', '.join(p.stem for p in trials()) or 'none yet'}")
    given = arguments(path, args.rest)
    setup.ensure("test", browser=False)
    trial = context.execute(path, given, given.keep, paths.given(given.json) if given.json else None)
    plain()
    table([(name, figure["value"], figure["unit"]) for name, figure in trial.figures.items()], ("figure", "value", "unit"))
    for complaint in trial.complaints:
        plain(f"FAILED: {complaint}")
    return 1 if trial.complaints else 0


def trials():
    """Return the files of the trials: those that say what they are with a TITLE."""
    return [path for path in sorted(TRIALS.glob("*.py")) if "\nTITLE = " in path.read_text()]


def arguments(path, given):
    """Parse a trial's own options."""
    parser = argparse.ArgumentParser(prog=f"./mill trial {path.stem}", description=context.load(path).__doc__)
    context.load(path).options(parser)
    parser.add_argument("--json", metavar="FILE", help="write the figures as one JSON object")
    parser.add_argument("--keep", action="store_true", help="keep the database")
    return parser.parse_args(given)
