"""Each addon speaks simplified Chinese, completely."""

import ast
import re
import unittest
from collections import Counter

import sources


def entries(path):
    """Return a .po file's (flags, id, text) triples, its header left out."""
    found, flags, current, field = [], set(), {}, None

    def close():
        nonlocal flags, current, field
        if current.get("msgid"):
            found.append((flags, current["msgid"], current.get("msgstr", "")))
        flags, current, field = set(), {}, None

    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if not line.strip():
            close()
        elif line.startswith("#,"):
            flags = {flag.strip() for flag in line[2:].split(",")}
        elif line.startswith("msg"):
            field, _space, rest = line.partition(" ")
            current[field] = ast.literal_eval(rest)
        elif line.startswith('"') and field:
            current[field] += ast.literal_eval(line)
    return found


# What a program puts in, and markup: both must be as the program expects them.
FILLED_IN = re.compile(r"%\(\w+\)[sdf]|%[sdf](?![a-z])|\{\{.*?\}\}|</?[a-z]\w*(?=[\s/>])|t-[\w-]+=\"[^\"]*\"")
QUOTED = re.compile(r"'[^']*'")


def filled_in(text):
    """Count a text's placeholders, tags and expressions; words in quotes inside of an expression may be translated."""
    return Counter(QUOTED.sub("''", found) for found in FILLED_IN.findall(text))


class TestTranslations(unittest.TestCase):
    def test_chinese_is_complete(self):
        """i18n/zh_CN.po is there, with no empty or doubtful entry."""
        silent = {addon for addon in sources.config("addon_graph.toml")["apart"] if not sources.files(addon, ".xml")}
        for addon in sorted({*sources.addons()} - silent):
            path = sources.ADDONS / addon / "i18n" / "zh_CN.po"
            with self.subTest(addon=addon):
                self.assertTrue(path.exists(), f"{addon}/i18n/zh_CN.po is missing")
                read = entries(path)
                self.assertTrue(read, f"{addon}/i18n/zh_CN.po is empty")
                self.assertEqual([source for flags, source, target in read if not target.strip() or "fuzzy" in flags], [])

    def test_what_is_translated_is_a_term(self):
        """What a .po file translates stands once in it, and in the addon's .pot file: Odoo loads nothing else of it."""
        for path in sorted(sources.ADDONS.glob("*/i18n/*.po")):
            terms = {source for _flags, source, _target in entries(path.with_name(f"{path.parts[-3]}.pot"))}
            translated = [source for _flags, source, _target in entries(path)]
            with self.subTest(file=str(path.relative_to(sources.ROOT))):
                self.assertEqual(sorted({*translated} - terms), [])
                self.assertEqual([source for source, count in Counter(translated).items() if count > 1], [])

    def test_terms_of_code_are_loaded(self):
        """What a program says has an entry that Odoo loads: under a term of code it stands which kind of code has it."""
        kinds = {r"code:addons/\S+\.py\b": "#. odoo-python", r"code:addons/\S+/static/\S+\.(?:js|xml)\b": "#. odoo-javascript"}
        for path in sorted(sources.ADDONS.glob("*/i18n*/**/*.po*")):
            silent = []
            for block in path.read_text(encoding="utf-8").split("\n\n"):
                places = "\n".join(line for line in block.splitlines() if line.startswith("#: "))
                silent += [block for code, told in kinds.items() if re.search(code, places) and told not in block]
            with self.subTest(file=sources.where(path)):
                self.assertEqual(silent, [])

    def test_words_of_python_have_an_entry(self):
        """Each text that Python hands to the translator, units too, has an entry in its addon."""
        for addon in sources.addons():
            path = sources.ADDONS / addon / "i18n" / "zh_CN.po"
            known = {source for _flags, source, _target in entries(path)} if path.exists() else set()
            for code in sources.code(addon):
                asked = {word for word in map(_translated, ast.walk(sources.tree(code))) if word}
                with self.subTest(file=sources.where(code)):
                    self.assertEqual(asked - known, set())

    def test_placeholders_survive(self):
        """A translation fills in what its source fills in, and has its markup."""
        for path in sorted(sources.ADDONS.glob("*/i18n*/**/zh_*.po")):
            with self.subTest(file=sources.where(path)):
                pairs = [(source, target) for _flags, source, target in entries(path) if target]
                self.assertEqual([source for source, target in pairs if filled_in(source) != filled_in(target)], [])

    def test_terms_for_others_are_whole(self):
        """The terms that an addon carries for another module are Chinese, with no empty or doubtful entry."""
        folders = {path.parent for path in sources.ADDONS.glob("*/i18n_extra/*/*.po")}
        self.assertTrue(folders)
        for folder in sorted(folders):
            self.assertLessEqual({path.name for path in folder.glob("*")}, {"zh_CN.po", "zh_TW.po"}, sources.where(folder))
            for path in sorted(folder.glob("*.po")):
                with self.subTest(file=sources.where(path)):
                    read = entries(path)
                    self.assertTrue(read)
                    self.assertEqual([source for flags, source, target in read if not target.strip() or "fuzzy" in flags], [])


def _translated(node):
    """Return the text that a call hands to the translator, None of any other node."""
    if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
        return None
    called = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
    return node.args[0].value if called in ("_", "_lt") and isinstance(node.args[0].value, str) else None
