"""Which addon may know which: manifests, imports, external ids."""

import ast
import re
import unittest

import sources

NAME = re.compile(r"(?<![\w.])(paper_\w+)\.\w+")


class TestGraph(unittest.TestCase):
    def test_manifests(self):
        """Every addon is AGPL-3, for 19.0, installable, and says what it is."""
        for addon in sources.addons():
            manifest = sources.manifest(addon)
            with self.subTest(addon=addon):
                self.assertEqual(manifest.get("license"), "AGPL-3")
                self.assertRegex(manifest.get("version", ""), r"^19\.0\.\d+\.\d+\.\d+$")
                self.assertTrue(manifest.get("summary"), "no summary")
                self.assertTrue(manifest.get("depends"), "no depends")

    def test_description(self):
        """Every addon has a readme, the words of whom it is for."""
        missing = [
            a
            for a in sources.addons()
            if not any((sources.ADDONS / a / f).exists() for f in ("readme/DESCRIPTION.md", "README.rst"))
        ]
        self.assertEqual(missing, [], "readme/DESCRIPTION.md or README.rst is missing")

    def test_every_data_file_is_loaded(self):
        """An XML or access file that no manifest names would never be loaded."""
        for addon in sources.addons():
            manifest = sources.manifest(addon)
            named = {*manifest.get("data", []), *manifest.get("demo", [])}
            there = {
                p.relative_to(sources.ADDONS / addon).as_posix()
                for p in (*sources.files(addon, ".xml"), *sources.files(addon, "access.csv"))
            }
            with self.subTest(addon=addon):
                self.assertEqual({name for name in there - named if not name.startswith(("static/", "tests/"))}, set())
                self.assertEqual(
                    {name for name in named if not (sources.ADDONS / addon / name).exists()}, set(), "named but not there"
                )

    def test_edges(self):
        """Dependencies among our addons are those of config/addon_graph.toml."""
        graph = sources.config("addon_graph.toml")
        base, everything, edges, apart = graph["base"], graph["everything"], graph["edges"], graph["apart"]
        for addon in sources.addons():
            manifest = sources.manifest(addon)
            ours = {name for name in manifest["depends"] if name in sources.addons()}
            with self.subTest(addon=addon):
                if addon == everything:
                    continue
                self.assertLessEqual({everything} & ours, set(), f"only people install {everything}")
                if addon in apart:
                    self.assertEqual(ours, set(), f"{addon} has nothing of paper in it")
                    continue
                if addon != base:
                    self.assertIn(base, sources.closure(addon), f"{addon} does not build on {base}")
                allowed = {base, *edges.get(addon, [])}
                if manifest.get("auto_install"):
                    allowed |= {name for name in ours if _short(name) in addon}
                self.assertLessEqual(ours, allowed, "edges that config/addon_graph.toml does not allow")

    def test_everything(self):
        """paper_mill brings every addon that does not come by itself."""
        everything = sources.config("addon_graph.toml")["everything"]
        if everything not in sources.addons():
            self.skipTest(f"{everything} is not there yet")
        brought = sources.closure(everything)
        left = {name for name in sources.addons() if not sources.manifest(name).get("auto_install")} - brought
        self.assertEqual(left, set())

    def test_no_word_of_a_stranger(self):
        """No import, external id or asset of a sibling that is no dependency (a look-up that may fail is allowed)."""
        for addon in sources.addons():
            strangers = set(sources.addons()) - sources.closure(addon)
            found = [*_python(addon, strangers), *_data(addon, strangers)]
            with self.subTest(addon=addon):
                self.assertEqual(found, [])


def _short(name):
    return name.removeprefix("paper_").removeprefix("order_")


def _python(addon, strangers):
    for path in sources.files(addon, ".py"):
        if path.name == "__manifest__.py":
            continue
        soft = set()
        for node in ast.walk(sources.tree(path)):
            if isinstance(node, ast.Call) and any(
                k.arg == "raise_if_not_found" and isinstance(k.value, ast.Constant) and k.value.value is False
                for k in node.keywords
            ):
                soft |= {id(arg) for arg in ast.walk(node)}
        for node in ast.walk(sources.tree(path)):
            if isinstance(node, ast.ImportFrom | ast.Import):
                names = [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
                hit = next(
                    (
                        s
                        for s in strangers
                        if any(f"addons.{s}" in f"{n}" for n in names) or (names[0] == "odoo.addons" and s in names)
                    ),
                    None,
                )
            elif (
                isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value and id(node) not in soft
            ):
                hit = next((m for m in NAME.findall(node.value) if m in strangers), None)
            else:
                continue
            if hit:
                yield f"{sources.where(path, node.lineno)}: {hit}"


def _data(addon, strangers):
    for suffix in (".xml", ".csv", ".js"):
        for path in sources.files(addon, suffix):
            for number, line in enumerate(sources.text(path).splitlines(), 1):
                names = NAME.findall(line) + re.findall(r"@(paper_\w+)/", line)
                yield from (f"{sources.where(path, number)}: {name}" for name in names if name in strangers)
