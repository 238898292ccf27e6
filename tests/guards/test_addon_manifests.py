"""Guards on the addons' manifests."""

import ast
import unittest
from pathlib import Path

ADDONS = Path(__file__).resolve().parents[2] / "addons"


class TestManifests(unittest.TestCase):
    def test_licence_and_version(self):
        """Every addon is AGPL-3 and for 19.0."""
        for path in sorted(ADDONS.glob("*/__manifest__.py")):
            manifest = ast.literal_eval(path.read_text())
            with self.subTest(addon=path.parent.name):
                self.assertEqual(manifest.get("license"), "AGPL-3")
                self.assertTrue(str(manifest.get("version", "")).startswith("19.0."))
