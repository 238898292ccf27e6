"""Stage `together`: every text that Odoo finds in our addons, and in the modules that they stand on, is Chinese in zh_CN.

What may stay in Latin letters, and which modules our people do not meet, stands in config/allowed_terms.toml.
"""

import json
import re
import tomllib
from collections import Counter

from .. import addons, databases, odoo, paths, templates
from ..console import plain
from .report import Result

# One reading for all: it walks through the source of every module.
CODE = """
import json
import polib
from pathlib import Path
from odoo.tools.translate import TranslationModuleReader

def own_terms(name):
    path = Path({folder!r}, name, 'i18n', 'zh_CN.po')
    return {{entry.msgid for entry in polib.pofile(str(path)) if entry.msgstr}} if path.exists() else set()

# What is written in an addon's own file stands for itself, also when it is the same in both languages.
own = {{name: own_terms(name) for name in {ours!r}}}
installed = env['ir.module.module'].search([('state', '=', 'installed')]).mapped('name')
with open({rows!r}, 'w') as stream:
    for module, _kind, name, where, text, value, _comments in TranslationModuleReader(env.cr, modules=installed, lang='zh_CN'):
        translated = bool(value) or text in own.get(module, ())
        stream.write(json.dumps([module, name, str(where), text, translated]) + chr(10))
"""
TAG = re.compile(r"<[^>]*>")
# Attributes that a person reads.
SPOKEN = re.compile(r'\b(?:string|help|placeholder|alt|title|aria-label|data-tooltip|label|confirm)="([^"]*)"')
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sdf]|\{\{.*?\}\}")
# Names of fields, models, files and time zones; printer commands; e-mail and web addresses.
TECHNICAL = re.compile(r"\w*[a-z0-9][._]\w[\w.]*|[A-Z][\w-]+(?:/[\w+-]+)+|\^\S+|\S+@\S+|https?:\S+|stun:\S*|turn:\S*")
STYLE = re.compile(r"[.@][\w-]+\s*\{.*\}", re.DOTALL)
WORD = re.compile(r"[A-Za-z]{2,}")
CHINESE = re.compile(r"[㐀-鿿]")


def words(text, allowed=frozenset()):
    """Return the Latin words of a term that a reader would see, without those that are allowed.

    >>> words('<i title="Call" class="fa fa-phone"/> %(count)s kg', {"kg"})
    ['Call']
    >>> words("mail.thread"), words("Asia/Shanghai")
    ([], [])
    """
    if STYLE.match(text.strip()) or CHINESE.search(text):
        return []
    seen = " ".join([TAG.sub(" ", text), *SPOKEN.findall(text)])
    seen = TECHNICAL.sub(" ", PLACEHOLDER.sub(" ", seen.replace("&nbsp;", " ").replace("&amp;nbsp;", " ")))
    return [word for word in WORD.findall(seen) if word.lower() not in allowed]


class Allowed:
    """What config/allowed_terms.toml (whole terms, modules, models) and config/allowed_words.toml (words) let pass."""

    def __init__(self, terms, single_words):
        self.modules = terms["modules"]
        self.models = terms["models"]
        self.records = terms["records"]
        self.terms = set(terms["terms"]["allowed"])
        self.words = {word.lower() for group in single_words.values() for word in group}

    @classmethod
    def read(cls):
        return cls(*(_toml(paths.CONFIG / name) for name in ("allowed_terms.toml", "allowed_words.toml")))

    def __call__(self, module, name, where, text):
        """Return whether a term may be without Chinese.

        :param name: "model,field" or the path of a source file
        :param where: external id of the record, or a line
        """
        return (
            module in self.modules
            or name.partition(",")[0] in self.models
            or any(part in where for part in self.records)
            or text.strip() in self.terms
            or not words(text, self.words)
        )


def _toml(path):
    if not path.exists():
        return {}
    with open(path, "rb") as stream:
        return tomllib.load(stream)


def judge(rows, allowed):
    """Return ({module: terms}, {module: [texts that are said in English only]}) of (module, name, where, text, translated)."""
    counts, missing = Counter(), {}
    for module, name, where, text, translated in rows:
        counts[module] += 1
        if not translated and not allowed(module, name, where, text):
            missing.setdefault(module, {})[f"{name} {where}: {text[:100]!r}"] = None
    return counts, {module: list(texts) for module, texts in missing.items()}


def _rows(template, log, keep):
    """Return the terms that Odoo finds in a copy of a template, as (module, name, where, text, translated)."""
    target = paths.LOGS / "translations.jsonl"
    templates.clone_of(template, "translations")
    odoo.shell("test", "translations", CODE.format(ours=list(addons.ours()), folder=str(paths.ADDONS), rows=str(target)), log)
    if not keep:
        databases.drop("test", "translations")
    with open(target) as stream:
        return [json.loads(line) for line in stream]


def job(keep=False):
    """Return what is said in English only, as one Result: one test a module."""
    result = Result("zh_CN complete", log=paths.LOGS / "translations.log")
    # Others' modules are judged where they were installed together, as a mill does. The other template grows set by set: what a
    # later set adds to the fields of an earlier module counts as that module's own, whose file does not know it.
    rows = [
        *_rows(templates.demo(), result.log, keep),
        *(row for row in _rows(templates.everything(), result.log, keep) if row[0] in addons.ours()),
    ]
    counts, missing = judge(rows, Allowed.read())
    for module, texts in sorted(missing.items()):
        result.failed[f"{module}: {len(texts)} terms without Chinese"] = texts
    result.passed = len(counts) - len(missing)
    plain(f"    {sum(counts.values())} terms of {len(counts)} modules, {sum(map(len, missing.values()))} without Chinese")
    return result
