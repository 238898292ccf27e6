"""Each addon speaks simplified Chinese, completely."""

import ast
import unittest

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


class TestTranslations(unittest.TestCase):
    def test_chinese_is_complete(self):
        """i18n/zh_CN.po is there, with no empty or doubtful entry."""
        for addon in sources.addons():
            path = sources.ADDONS / addon / "i18n" / "zh_CN.po"
            with self.subTest(addon=addon):
                self.assertTrue(path.exists(), f"{addon}/i18n/zh_CN.po is missing")
                read = entries(path)
                self.assertTrue(read, f"{addon}/i18n/zh_CN.po is empty")
                self.assertEqual([source for flags, source, target in read if not target.strip() or "fuzzy" in flags], [])
