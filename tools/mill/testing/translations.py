"""Stage `together`: every text that Odoo finds in our addons stands in their zh_CN.po."""

from .. import addons, databases, odoo, paths, templates
from .report import Result

CODE = """
import polib
import re
from pathlib import Path

def needs_words(text):
    # ID, and the symbols of units, are the same in every language.
    return re.search('[A-Za-z]{{3,}}', re.sub('<[^>]+>', '', text))

from odoo.tools.translate import TranslationModuleReader
for name in {ours!r}:
    path = Path({folder!r}, name, 'i18n', 'zh_CN.po')
    known = {{entry.msgid for entry in polib.pofile(str(path)) if entry.msgstr}} if path.exists() else set()
    missing = {{row[4] for row in TranslationModuleReader(env.cr, modules=[name], lang='zh_CN')}} - known - {{''}}
    for text in sorted(filter(needs_words, missing)):
        print('MISSING', name, repr(text[:100]))
"""


def job(keep=False):
    """Return what is said in English only, as one Result: one test an addon."""
    result = Result("zh_CN complete", log=paths.LOGS / "translations.log")
    templates.clone_of(templates.everything(), "translations")
    odoo.shell("test", "translations", CODE.format(ours=list(addons.ours()), folder=str(paths.ADDONS)), result.log)
    for line in result.log.read_text().splitlines():
        if line.startswith("MISSING"):
            _word, addon, text = line.split(" ", 2)
            result.failed.setdefault(f"{addon}: not in i18n/zh_CN.po", []).append(text)
    result.passed = len(addons.ours()) - len(result.failed)
    if not keep:
        databases.drop("test", "translations")
    return result
