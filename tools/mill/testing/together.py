"""Stage `together`: all addons in one database; every addon's tests there, browser tests included, and the
repository's own tests across addons."""

from .. import addons, configuration, databases, odoo, paths, templates
from . import collect, deployment, foreign, gate, installed, plain, translations, trying, walking
from .report import Result

# Folders of tests/ that are no tests inside Odoo, or run on the demo mill.
ACROSS = ("guards", "bench", "clicks", "deploy", "demo", "extending", "trial", "upgrade", "walk")


def jobs(expression="", keep=False):
    """Return the jobs: the installation itself, the addons' tests in two halves, the tests across addons."""
    halves = _halves([m for name in addons.ours() for m in collect.select(name, (), expression) if m.post_install])
    found = [("all addons installed", _installation)] if not expression else []
    for number, half in enumerate(halves, 1):
        if half:
            found.append(
                (
                    f"together {number}",
                    lambda number=number, half=half: installed.run(
                        f"together {number}", templates.everything(), f"together_{number}", half, keep=keep
                    ),
                )
            )
    if not expression:
        found.append(("demo mill", _demo))
        found += [(f"walk of {book.name}", lambda book=book: walking.job(book, keep)) for book in walking.books()]
        found += trying.jobs()
        found.append(("zh_CN complete", lambda: translations.job(keep)))
        found.append(("deployment", lambda: deployment.job(keep)))
        found.append(("addon of somebody else", lambda: foreign.job(keep)))
    if across_files():
        found.append(("across addons", lambda: across([*across_files()], expression, keep)))
    return found


def across_files():
    """Return the test files across addons, which run inside Odoo with pytest."""
    return [path for path in sorted(paths.TESTS.rglob("test_*.py")) if path.relative_to(paths.TESTS).parts[0] not in ACROSS]


def demo_files():
    """Return the test files that look at the demo mill."""
    return sorted((paths.TESTS / "demo").rglob("test_*.py"))


def across(files, expression="", keep=False, target="across", template=None):
    """Run tests across addons with pytest-odoo on a copy of a template, the one with everything if none is named."""
    templates.clone_of(template or templates.everything(), target)
    result = inside("across addons" if target == "across" else "demo mill", files, expression, target)
    if not keep:
        databases.drop("test", target)
    return result


def inside(title, files, expression, database, **environment):
    """Run test files with pytest-odoo in a database as it stands."""
    port = odoo.free_port()
    log = paths.LOGS / f"{database}-odoo.log"
    log.unlink(missing_ok=True)
    env = {**configuration.environment("test"), "PGDATABASE": database, "MILL_ODOO_LOG": str(log), **environment}
    result = plain.pytest(
        title,
        files,
        expression,
        "--odoo-http",
        f"--odoo-database={database}",
        "--odoo-log-level=warn",
        f"--odoo-extra=http-port={port}",
        env=env,
    )
    if log.exists():
        result.problems += gate.read(log).complaints
    return result


def demo(files, expression="", keep=False):
    """Run tests that look at the demo mill on a copy of it."""
    return across(files, expression, keep, target="demo_tests", template=templates.demo())


def _demo():
    """The demo mill can be installed; tests/demo then look at it."""
    result = Result("demo mill", log=paths.LOGS / f"template-{templates.demo()}.log")
    if demo_files():
        result = demo(demo_files())
    result.passed += 1
    return result


def _installation():
    """The log of the installation of all addons counts like a test's."""
    name = templates.everything()
    log = paths.LOGS / f"template-{name}.log"
    result = Result("all addons installed", log=log, passed=1)
    result.problems += gate.read(log).complaints if log.exists() else []
    return result


def _halves(methods):
    """Share the addons out so that both halves have about as much to do; a browser test weighs as much as ten
    others."""
    weight = {}
    for m in methods:
        weight[m.addon] = weight.get(m.addon, 0) + (10 if m.browser else 1)
    halves = ([], [])
    for addon in sorted(weight, key=weight.get, reverse=True):
        lighter = min(halves, key=lambda half: sum(weight[name] for name in half))
        lighter.append(addon)
    return [[m for m in methods if m.addon in half] for half in halves]
