"""The set-up that every command asks for: what is there already is skipped."""

import shutil

from . import configuration, odoo_source, paths, python_env, steps, system_packages, wkhtmltopdf
from .console import doing, say
from .postgres import cluster
from .shell import NEEDED, check_disk


def ensure(database=None, *, browser=True, lint=False, verbose=False):
    """Set up what a command needs.

    :param database: "run" or "test": that cluster is started too, and its odoo.conf written; None leaves PostgreSQL
    alone
    :param browser: whether a Chromium is wanted
    :param lint: whether the lint tools are wanted
    :return: whether the cluster was started by this call
    """
    with steps.alone():
        if not (paths.VENV / ".stamp").exists():
            check_disk(NEEDED)
        did = {}

        def ensure_one(name, function, *args):
            with doing(name):
                did[name] = function(*args)

        def system():
            ensure_one("system packages", system_packages.install, browser)

        def odoo():
            ensure_one("Odoo 19.0", odoo_source.ensure)

        def python():
            ensure_one("Python packages", python_env.ensure)
            ensure_one("wkhtmltopdf", wkhtmltopdf.ensure)
            if lint:
                ensure_one("lint tools", python_env.ensure_lint)

        steps.together(system, odoo, python)
        with doing("Odoo's byte code"):
            python_env.ensure_odoo()
        started = False
        if database:
            with doing("PostgreSQL"):
                started = cluster(database).start()
            did[f"PostgreSQL ({database})"] = started
            configuration.ensure(database)
        skipped = [name for name, done in did.items() if not done]
        if skipped and (verbose or len(skipped) < len(did)):
            say(f"there already: {', '.join(skipped)}")
        return started


def clean():
    """Remove everything that was made, except the downloaded packages; people's data (`run`) is left alone."""
    with steps.alone():
        cluster("test").stop()
        for path in (
            paths.VENV,
            paths.LINT_VENV,
            paths.LOCAL / "odoo",
            paths.LOCAL / "templates",
            paths.LOCAL / "data" / "test",
        ):
            shutil.rmtree(path, ignore_errors=True)
        if not cluster("test").external:
            (cluster("test").base / ".ready").unlink(missing_ok=True)
            shutil.rmtree(cluster("test").data, ignore_errors=True)
