"""docs/set-up.md lists the steps that the client shows, in their order."""

import re
import unittest
import xml.etree.ElementTree as ET

import sources

PAGE = sources.ROOT / "docs" / "set-up.md"


def steps():
    """Return (name, hint) of each step that an addon of ours brings, in order."""
    found = []
    for path in sorted(sources.ADDONS.glob("*/data/paper_setup_step.xml")):
        for record in ET.parse(path).getroot().iter("record"):
            values = {field.get("name"): field.text for field in record}
            found.append((int(values["sequence"]), values["name"], values["hint"]))
    return [(name, hint) for _sequence, name, hint in sorted(found)]


class TestSetUp(unittest.TestCase):
    def test_the_guide_is_the_list(self):
        written = re.findall(r"^\| \d+ \| (.*?) \| (.*?) \|$", PAGE.read_text(), re.MULTILINE)
        self.assertGreater(len(written), 10)
        self.assertEqual(written, steps())
