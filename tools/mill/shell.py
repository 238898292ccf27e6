"""Running other programs: quiet when they succeed, their last words when they do not."""

import os
import shutil
import subprocess

from . import paths
from .console import Problem

FULL_BELOW = 200 * 2**20
NEEDED = 5 * 2**30


def is_root():
    return os.geteuid() == 0


def run(args, *, log=None, env=None, cwd=None, what=None, stdin=None, as_user=None):
    """Run a program and return what it printed; raise a Problem with its last lines when it fails.

    :param log: a file's name under .local/log that keeps everything printed
    :param what: the sentence's subject in the error
    """
    args = [str(arg) for arg in args]
    if as_user and is_root():
        args, cwd = ["runuser", "-u", as_user, "--", *args], cwd or "/"
    try:
        done = subprocess.run(
            args,
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=env,
            cwd=cwd,
            check=False,
        )
    except FileNotFoundError:
        raise Problem(
            f"{what or args[0]} failed: the program {args[0]} is not on this machine.",
            f"As root: apt-get install the package that holds {args[0]}.",
        ) from None
    if log:
        paths.LOGS.mkdir(parents=True, exist_ok=True)
        (paths.LOGS / log).write_text(done.stdout)
    if done.returncode:
        check_disk()
        tail = "\n      ".join(done.stdout.strip().splitlines()[-8:]) or f"exit code {done.returncode}"
        where = f"The whole output: {paths.shown(paths.LOGS / log)}" if log else ""
        raise Problem(f"{what or ' '.join(args[:3])} failed:\n      {tail}", where)
    return done.stdout


def succeeds(args, **kwargs):
    """Tell whether a program ends with 0."""
    try:
        return (
            subprocess.run(
                [str(arg) for arg in args], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, **kwargs
            ).returncode
            == 0
        )
    except OSError:
        return False


def have(program):
    return shutil.which(program) is not None


def check_disk(needed=FULL_BELOW):
    """Raise a Problem when the disk that holds `.local` has less than `needed` bytes left."""
    place = paths.LOCAL if paths.LOCAL.exists() else paths.ROOT
    free = shutil.disk_usage(place).free
    if free < needed:
        raise Problem(
            f"The disk that holds {place} is full: {free / 2**30:.1f} GB free, {needed / 2**30:.1f} GB wanted.",
            "Free some space, or give another place with MILL_LOCAL=/folder ./mill ...",
        )
