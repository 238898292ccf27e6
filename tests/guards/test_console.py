"""What `./mill` says while it works."""

import contextlib
import importlib.util
import io
import time
import unittest
from unittest.mock import patch

import sources


def _console():
    spec = importlib.util.spec_from_file_location("mill_console", sources.ROOT / "tools" / "mill" / "console.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestConsole(unittest.TestCase):
    def setUp(self):
        self.console = _console()
        self.said = io.StringIO()

    def _work(self, words, seconds, quiet):
        with patch.object(self.console, "QUIET", quiet), contextlib.redirect_stdout(self.said), self.console.doing(words):
            time.sleep(seconds)
        return self.said.getvalue().splitlines()

    def test_nothing_is_silent_for_ten_seconds(self):
        """What takes long is said again before anybody wonders, with the words of the moment."""
        self.assertLess(self.console.QUIET, 10)
        step = iter(range(1, 100))
        lines = self._work(lambda: f"module {next(step)} of 9", 2.2, quiet=0.4)
        self.assertGreaterEqual(len(lines), 2)
        self.assertIn("module 1 of 9", lines[0])
        self.assertIn("module 2 of 9", lines[1])

    def test_what_is_quick_is_not_said_twice(self):
        """A step that ends before somebody wonders says nothing more, nor does one that has no words."""
        self.assertEqual(self._work("quick", 0.1, quiet=5), [])
        self.assertEqual(self._work(lambda: "", 1.2, quiet=0.1), [])

    def test_steps_at_the_same_time_are_said_together(self):
        """Two downloads that run side by side stand in one line; nothing is said once they have ended."""
        with self.console.doing("apt"):
            lines = self._work("pip", 1.2, quiet=0.4)
        self.assertTrue(lines)
        self.assertIn("apt; pip", lines[0])
        before = self.said.getvalue()
        time.sleep(0.7)
        self.assertEqual(self.said.getvalue(), before)
