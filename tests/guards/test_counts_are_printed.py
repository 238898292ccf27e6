"""What a test counts is shown by `./mill test`, not buried in a log."""

import contextlib
import io
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import sources

sys.path.insert(0, str(sources.ROOT))
from tools.mill.testing import plain, report  # noqa: E402

TEST = """
import unittest

class TestTries(unittest.TestCase):
    def test_tries(self):
        print("said by the way")
        print("counted: 12 tries, 0 stamped")
"""


class TestCounts(unittest.TestCase):
    def test_counted(self):
        """A line that a test prints as counted stands below its result, and nothing else that it prints."""
        with tempfile.TemporaryDirectory() as folder:
            test, xml = Path(folder, "test_tries.py"), Path(folder, "report.xml")
            test.write_text(TEST)
            args = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:odoo", f"--rootdir={folder}"]
            done = subprocess.run([*args, f"--junitxml={xml}", *plain.PRINTED, str(test)], capture_output=True, check=False)
            self.assertEqual(done.returncode, 0, done.stdout)
            result = report.Result("tries")
            plain._read(xml, result)
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
            result.show()
        self.assertIn("    12 tries, 0 stamped\n", shown.getvalue())
        self.assertNotIn("by the way", shown.getvalue())
