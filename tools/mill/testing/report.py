"""What a part of the test run brought, and the closing lines."""

import threading
from dataclasses import dataclass, field

from .. import paths
from ..console import plain, say, table

MOST_LINES = 40


@dataclass
class Result:
    """One job's outcome. `problems` are failures that are no single test: a file not collected, a warning in the
    log, a lost browser."""

    title: str
    passed: int = 0
    failed: dict = field(default_factory=dict)  # test -> lines that explain
    skipped: dict = field(default_factory=dict)  # test -> reason
    problems: list = field(default_factory=list)  # sentences, or lists of lines
    counted: list = field(default_factory=list)  # what its tests counted, as sentences
    stage: str = ""
    began: float = 0.0
    seconds: float = 0.0
    browsers: int = 0
    log: object = None

    @property
    def good(self):
        return not self.failed and not self.problems

    def show(self):
        """Print one line, and what went wrong below it."""
        parts = [f"{self.passed} passed"]
        parts += [f"{len(self.failed)} FAILED"] if self.failed else []
        parts += [f"{len(self.skipped)} skipped"] if self.skipped else []
        parts += [f"{len(self.problems)} PROBLEMS"] if self.problems else []
        parts += [f"{self.browsers} browsers"] if self.browsers else []
        say(f"{'ok  ' if self.good else 'FAIL'} {self.title}: {', '.join(parts)} in {self.seconds:.1f} s")
        for line in self.counted:
            plain(f"    {line}")
        for test, lines in self.failed.items():
            plain(f"    --- {test}")
            _show_lines(lines)
        for problem in self.problems:
            lines = [problem] if isinstance(problem, str) else problem
            plain("    --- problem")
            _show_lines(lines)
        for test, reason in self.skipped.items():
            plain(f"    skipped {test}: {reason}")
        if not self.good and self.log:
            plain(f"    log: {paths.shown(self.log)}")


def _show_lines(lines):
    if len(lines) > MOST_LINES:
        lines = [*lines[:8], "...", *lines[-(MOST_LINES - 9) :]]
    for line in lines:
        plain(f"    {line}")


class Report:
    """All results of a run."""

    def __init__(self):
        self.results = []
        self._lock = threading.Lock()

    def add(self, result):
        with self._lock:
            self.results.append(result)
            result.show()

    def close(self):
        """Print the totals; return the exit code."""
        passed = sum(r.passed for r in self.results)
        failed = sum(len(r.failed) for r in self.results)
        skipped = sum(len(r.skipped) for r in self.results)
        problems = sum(len(r.problems) for r in self.results)
        browsers = sum(r.browsers for r in self.results)
        bad = [r.title for r in self.results if not r.good]
        self._show_stages()
        plain()
        if bad:
            plain(f"not good: {', '.join(bad)}")
        if browsers:
            plain(f"{browsers} browser runs")
        if problems:
            plain(f"{problems} problems that are no single test (see above)")
        # A problem counts as a failure, so that this line alone tells the truth.
        plain(f"{passed} passed, {failed + problems} failed, {skipped} skipped")
        return 1 if bad or not passed else 0

    def _show_stages(self):
        """Print how long each stage took: from its first job's begin to its last job's end, and what its jobs took together."""
        rows = []
        for stage in dict.fromkeys(r.stage for r in self.results if r.stage):
            of = [r for r in self.results if r.stage == stage]
            first, last = min(r.began for r in of), max(r.began + r.seconds for r in of)
            rows.append((stage, len(of), f"{last - first:.0f}", f"{sum(r.seconds for r in of):.0f}"))
        if rows:
            plain()
            table(rows, ("stage", "jobs", "seconds", "of all its jobs"))
