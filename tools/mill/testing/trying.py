"""Stage `together`: the short run of each trial (tests/trial), on a real server."""

import traceback

from .. import paths
from ..commands import trial as command
from ..trial import context
from .report import Result


def jobs():
    """Return one job for each trial that has a short run."""
    short = [path for path in command.trials() if context.load(path).SHORT is not None]
    return [(f"trial {path.stem}", lambda path=path: _try(path)) for path in short]


def _try(path):
    args = command.arguments(path, context.load(path).SHORT)
    result = Result(f"trial {path.stem}")
    try:
        trial = context.execute(path, args, target=paths.LOGS / f"trial-{path.stem}.json")
    except Exception:  # noqa: BLE001 - a trial that breaks off has failed, the other jobs go on
        result.failed[f"trial {path.stem} broke off"] = traceback.format_exc().splitlines()
        return result
    result.log = trial.log
    if trial.complaints:
        result.failed[f"trial {path.stem}"] = trial.complaints
    else:
        result.passed += 1
    return result
