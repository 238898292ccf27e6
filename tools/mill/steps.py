"""Steps of the set-up: each is done once, whole or not at all, and says when it is skipped.

A step writes into a `.new` neighbour that is renamed at the end, then leaves a stamp with the digest of what went
in. A run that
was killed half way therefore leaves no stamp, and the next one starts that step anew.
"""

import contextlib
import fcntl
import shutil
import threading
import time

from . import paths
from .console import Problem, say

STAMPS = paths.LOCAL / "stamps"


def done(name, key):
    """Tell whether the step was finished with the same input."""
    try:
        return (STAMPS / name).read_text() == key
    except OSError:
        return False


def stamp(name, key):
    """Record that the step is finished."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    fresh = STAMPS / f".{name}.new"
    fresh.write_text(key)
    fresh.rename(STAMPS / name)


def forget(name):
    (STAMPS / name).unlink(missing_ok=True)


@contextlib.contextmanager
def replacing(path):
    """Give a fresh `.new` neighbour of a folder to fill; it takes the folder's place when the block succeeds."""
    fresh = path.with_name(path.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    yield fresh
    shutil.rmtree(path, ignore_errors=True)
    fresh.rename(path)


def together(*jobs):
    """Run functions at the same time; wait for all, then raise the first error."""
    errors = []

    def guarded(job):
        try:
            job()
        except BaseException as error:  # noqa: BLE001 - handed on to the caller below
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(job,), daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


@contextlib.contextmanager
def alone(name="setup"):
    """Keep a second `./mill` in the same folder waiting while this one sets things up."""
    try:
        paths.LOCAL.mkdir(parents=True, exist_ok=True)
        stream = open(paths.LOCAL / f".{name}.lock", "w")  # noqa: SIM115 - held until the block ends
    except PermissionError:
        raise Problem(
            f"{paths.LOCAL} belongs to another user.",
            "Call ./mill as that user, or remove the folder, or give another one with MILL_LOCAL=/folder.",
        ) from None
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another ./mill is at work in this folder; waiting for it")
            while True:
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                time.sleep(0.3)
        yield
