"""What the user sees: progress with elapsed time, and one clear sentence when something is missing."""

import contextlib
import os
import sys
import threading
import time

QUIET = 8  # seconds after which what goes on is said again
_lock = threading.Lock()
_started = float(os.environ.get("MILL_STARTED") or time.time())
_spoke = time.monotonic()
_doing = []


class Problem(Exception):
    """Something that the user can put right: what is wrong, and what to do about it."""

    def __init__(self, what, remedy=""):
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    def __str__(self):
        return f"{self.what}\n      {self.remedy}" if self.remedy else self.what


def elapsed():
    """Return the seconds since `./mill` was called."""
    return time.time() - _started


def say(text):
    """Print one line of progress, with the time since the start."""
    global _spoke
    with _lock:
        _spoke = time.monotonic()
        print(f"[{elapsed():6.1f}s] {text}", flush=True)


@contextlib.contextmanager
def doing(words):
    """Say what goes on in the block whenever nothing has been said for some seconds, so that nobody wonders whether it hangs.

    :param words: the words, or a function that returns those of the moment; nothing is said for empty ones
    """
    entry = [words]
    with _lock:
        _doing.append(entry)
        if len(_doing) == 1:
            threading.Thread(target=_keep_saying, daemon=True).start()
    try:
        yield
    finally:
        with _lock:
            _doing.remove(entry)


def _keep_saying():
    while True:
        time.sleep(0.5)
        with _lock:
            if not _doing:
                return
            now = [words for (words,) in _doing] if time.monotonic() - _spoke >= QUIET else []
        text = "; ".join(filter(None, (words() if callable(words) else words for words in now)))
        if text:
            say(f"… {text}")


def plain(text=""):
    """Print text as it is (tables, closing lines)."""
    with _lock:
        print(text, flush=True)


def complain(text):
    """Print to the error stream."""
    with _lock:
        print(f"mill: {text}", file=sys.stderr, flush=True)


def table(rows, header=()):
    """Print rows in aligned columns: text to the left, numbers to the right."""
    rows = [[str(cell) for cell in row] for row in ([header, *rows] if header else rows)]
    if not rows:
        return
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]

    def number(cell):
        return cell.lstrip("-").replace(".", "", 1).replace(",", "").isdigit()

    for row in rows:
        cells = [cell.rjust(w) if number(cell) else cell.ljust(w) for cell, w in zip(row, widths, strict=True)]
        plain("  " + "  ".join(cells).rstrip())
