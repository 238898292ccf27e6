"""What the user sees: progress with elapsed time, and one clear sentence when something is missing."""

import os
import sys
import threading
import time

_lock = threading.Lock()
_started = float(os.environ.get("MILL_STARTED") or time.time())


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
    with _lock:
        print(f"[{elapsed():6.1f}s] {text}", flush=True)


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
