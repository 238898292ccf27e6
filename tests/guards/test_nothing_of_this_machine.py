"""Nothing in the repository names a package registry or a machine's own folders."""

import re
import unittest

import sources

# Written in two parts, so that this file does not trip over itself.
HOSTS = [
    a + b
    for a, b in (
        ("pypi", ".org"),
        ("python", "hosted.org"),
        ("npm", "js.org"),
        ("npm", "js.com"),
        ("deb.", "debian.org"),
        ("security.", "debian.org"),
        ("archive.", "ubuntu.com"),
        ("proxy.", "golang.org"),
        ("registry.", "yarnpkg"),
        ("nightly.", "odoo.com"),
        ("docker", ".io"),
    )
]
FOLDERS = re.compile(r"(?<![\w.$}])/(?:" + "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me/[a-z]")) + r")(?:/|\b)")
ALLOWED = {"docker/Dockerfile"}  # the container's own folders


class TestMachine(unittest.TestCase):
    def test_no_registry_host(self):
        """Mirrors and indexes come from the machine's own configuration."""
        found = [f"{sources.where(path)}: {host}" for path in sources.tracked() for host in HOSTS if host in sources.text(path)]
        self.assertEqual(found, [])

    def test_no_path_of_a_machine(self):
        """A clone works in any folder."""
        found = []
        for path in sources.tracked():
            if sources.where(path) in ALLOWED or path.suffix in (".lock", ".svg"):
                continue
            for number, line in enumerate(sources.text(path).splitlines(), 1):
                if FOLDERS.search(line):
                    found.append(f"{sources.where(path, number)}: {line.strip()[:100]}")
        self.assertEqual(found, [])

    def test_locks_have_hashes(self):
        """Each pinned package carries the hashes that decide what is installed."""
        for path in sorted((sources.ROOT / "config" / "lock").glob("*.lock")):
            content = path.read_text()
            pins = re.findall(r"^[\w.\[\]-]+==\S+", content, re.MULTILINE)
            with self.subTest(lock=path.name):
                self.assertTrue(pins)
                self.assertGreaterEqual(content.count("--hash=sha256:"), len(pins))
