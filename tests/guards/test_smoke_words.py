"""What the walk through all screens takes for an English word."""

import doctest
import importlib.util
import unittest

import sources


class TestWords(unittest.TestCase):
    def test_examples(self):
        """Texts without Chinese are English, units and names are not."""
        spec = importlib.util.spec_from_file_location("smoke_words", sources.ROOT / "tests" / "smoke" / "words.py")
        words = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(words)
        result = doctest.testmod(words)
        self.assertGreaterEqual(result.attempted, 2)
        self.assertEqual(result.failed, 0)
