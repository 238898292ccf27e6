"""Template databases, cached by the hash of what goes into them.

`std_<hash>`: the modules that an addon stands on, zh_CN loaded: those of others, and of ours what several addons stand on.
Such a template is made from the largest one that is there already.
`demo_<hash>`: what `./mill run` makes, with the demo mill whole.
`all_<hash>`: all our addons on top of theirs, asset bundles made (the first browser test would spend 40 s on them).
A template is built under another name and renamed at the end; one that is there is therefore whole.
"""

import json
import threading
import time

from . import addons, databases, odoo, paths, python_env, run_database
from .console import Problem, elapsed, say
from .pins import digest

RECORDS = paths.LOCAL / "templates"
ASSETS = "env['ir.qweb']._pregenerate_assets_bundles(); env.cr.commit()"
# The first is the language of new partners: tests read English unless they ask for Chinese, which is there.
LANGUAGES = "en_US,zh_CN"
SHARED = 4  # so many addons, itself among them, make one worth a template
_building = {}
_broken = {}
_guard = threading.Lock()


def _record(name, **values):
    RECORDS.mkdir(parents=True, exist_ok=True)
    (RECORDS / f"{name}.json").write_text(json.dumps({"used": time.time(), **values}))


def _records(prefix):
    """Return the templates that exist, with what was recorded about them."""
    there = set(databases.matching("test", prefix))
    found = {}
    for path in RECORDS.glob(f"{prefix}*.json"):
        if path.stem in there:
            found[path.stem] = json.loads(path.read_text())
    return found


def _once(name, build):
    """Build a template unless it exists; a second thread that wants the same one waits for the first."""
    with _guard:
        lock = _building.setdefault(name, threading.Lock())
    with lock:
        if name not in _records(name):
            if name in _broken:
                raise _broken[name]
            began = elapsed()
            try:
                build(f"new_{name}")
            except Problem as problem:
                _broken[name] = Problem(f"{problem.what.splitlines()[0]} (the whole reason stands above)")
                raise
            databases.rename("test", f"new_{name}", name)
            return elapsed() - began
    return None


def std_name(modules, languages=LANGUAGES):
    own = _own_content(modules)
    return f"std_{digest(_ground(languages), *sorted(modules), *([own] if own else []))}"


def _own_content(modules):
    """Return a hash of those of the modules that are ours: a template with them is of no use when they have changed."""
    own = sorted(set(modules) & set(addons.ours()))
    return addons.content(*own) if own else ""


def _is_current(record):
    return record.get("ours", "") == _own_content(record["modules"])


def _ground(languages=LANGUAGES):
    """Return what templates stand on: Odoo, the packages, the languages."""
    return digest(python_env.identity(), languages)


def std(modules, languages=LANGUAGES):
    """Return the template of a set of modules, building it if need be."""
    modules = frozenset(modules)
    name = std_name(modules, languages)
    own = sorted(modules & set(addons.ours()))
    title = f"template of {len(modules) - len(own)} standard modules" + (f" and {', '.join(own)}" if own else "")

    def build(fresh):
        known = {
            other: frozenset(record["modules"])
            for other, record in _records("std_").items()
            if record.get("packages") == _ground(languages) and frozenset(record["modules"]) < modules and _is_current(record)
        }
        start = max(known, key=lambda other: len(known[other]), default=None)
        log = paths.LOGS / f"template-{name}.log"
        missing = modules - known.get(start, frozenset())
        say(title + (f" (on top of {len(known[start])})" if start else " (from nothing)"))
        if start:
            with _guard:
                databases.clone("test", start, fresh)
            odoo.install("test", fresh, missing, log)
        else:
            databases.create("test", fresh)
            odoo.install("test", fresh, missing, log, f"--load-language={languages}")

    seconds = _once(name, build)
    if seconds is not None:
        _record(name, modules=sorted(modules), packages=_ground(languages), ours=_own_content(modules))
        say(f"{title}: done in {seconds:.0f} s")
        for old, record in _records("std_").items():
            if not _is_current(record):
                databases.drop("test", old)
    return name


def under(name):
    """Return the template on which an addon is tested: the modules of others that it needs, and of ours what several need.

    What it needs beyond that is installed together with it.
    """
    needed = addons.closure(name) - {name}
    shared = [other for other in addons.ours() if other in needed and len(addons.dependents(other)) >= SHARED]
    # Glue comes by itself with the last of what it joins, and Odoo runs no tests of what is there already.
    joined = set(addons.manifest(name)["depends"]) & set(addons.ours())
    if addons.manifest(name).get("auto_install"):
        shared = [other for other in shared if not joined <= addons.closure(other)]
    trunk = max(shared, key=lambda other: len(addons.closure(other) & set(shared)), default=None)
    return std(addons.standard(name) | ((addons.closure(trunk) & set(addons.ours())) if trunk else set()))


def everything(assets=True):
    """Return the template with all our addons, building it if need be; the log of their installation stands in its
    record."""
    name = f"all_{digest(_ground(), addons.content(*addons.ours()))}"
    log = paths.LOGS / f"template-{name}.log"

    def build(fresh):
        base = std(addons.standard(*addons.ours()))
        say(f"template of all {len(addons.ours())} addons")
        with _guard:
            databases.clone("test", base, fresh)
        odoo.install("test", fresh, addons.ours(), log)
        if assets:
            odoo.shell("test", fresh, ASSETS, paths.LOGS / f"assets-{name}.log")

    seconds = _once(name, build)
    if seconds is not None:
        _record(name, log=str(log))
        say(f"template of all addons: done in {seconds:.0f} s")
        prune(name)
    return name


def demo():
    """Return the template that `./mill run` makes too: everything installed together with the demo mill."""
    name = f"demo_{digest(_ground(), addons.content(*addons.ours()))}"
    log = paths.LOGS / f"template-{name}.log"

    def build(fresh):
        wanted = run_database.wanted()
        base = std(addons.standard(*wanted), run_database.LANGUAGES)
        say("template of the demo mill")
        with _guard:
            databases.clone("test", base, fresh)
        odoo.install("test", fresh, wanted, log)
        run_database.load_demo("test", fresh)
        odoo.shell("test", fresh, ASSETS, paths.LOGS / f"assets-{name}.log")
        for old in databases.matching("test", "demo_"):
            databases.drop("test", old)

    if _once(name, build) is not None:
        _record(name, log=str(log))
    return name


def prune(newest):
    """Drop templates of all addons but the newest, and what an older set of packages left behind."""
    for name in databases.matching("test", "all_"):
        if name != newest:
            databases.drop("test", name)
    for name, record in _records("std_").items():
        if record.get("packages") not in (_ground(), _ground(run_database.LANGUAGES)):
            databases.drop("test", name)


def clone_of(template, target, where="test"):
    """Copy a template to a database of its own."""
    with _guard:  # PostgreSQL refuses to copy what somebody else is copying from in the wrong moment
        databases.clone(where, template, target)
    return target
