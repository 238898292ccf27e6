"""What a bench gets: an Odoo environment, its sizes, and the means to measure. Runs inside `odoo shell`."""

import contextlib
import json
import platform
import time
from pathlib import Path

from ..programs import load

PRODUCT = "product"
PLAIN = "plain"


class Context:
    """Handed to a bench's `run(ctx)`.

    :ivar env: Odoo's environment, as superuser; nothing is committed
    :ivar variant: "product" (all our addons) or "plain" (the same standard modules without ours)
    :ivar sizes: the sizes to measure at, from the command line or the bench's own SIZES
    :ivar books: paths of order books that the command line names
    """

    def __init__(self, env, variant, sizes, books=()):
        self.env = env
        self.books = [Path(book) for book in books]
        self.variant = variant
        self.sizes = sizes
        self.figures = {}

    @property
    def is_product(self):
        return self.variant == PRODUCT

    def figure(self, name, value, unit):
        """Record a figure; the same name in both variants gives a `ratio_<name>`."""
        self.figures[name] = {"value": value, "unit": unit}

    @contextlib.contextmanager
    def measure(self, name):
        """Record `<name>_queries` and `<name>_seconds` of the block, what it leaves to be written included."""
        self.env.flush_all()
        self.env.invalidate_all()
        queries, began = self.env.cr.sql_log_count, time.perf_counter()
        yield
        self.env.flush_all()
        self.figure(f"{name}_queries", self.env.cr.sql_log_count - queries, "queries")
        self.figure(f"{name}_seconds", round(time.perf_counter() - began, 4), "s")


def execute_plain(path, sizes, books, target):
    """Run a bench that needs no Odoo, and write what it measured into a JSON file."""
    module = load(path)
    context = Context(None, PRODUCT, sizes or list(getattr(module, "SIZES", [])), books)
    _record(context, module.run(context))
    _write(context, module, {"python": platform.python_version()}, target)


def execute(env, path, variant, sizes, target):
    """Run a bench in one variant and write what it measured into a JSON file."""
    import odoo.release  # noqa: PLC0415 - only inside Odoo's shell

    module = load(path)
    context = Context(env, variant, sizes or list(getattr(module, "SIZES", [])))
    _record(context, module.run(context))
    env.cr.execute("show server_version")
    versions = {"odoo": odoo.release.version, "postgresql": env.cr.fetchone()[0], "python": platform.python_version()}
    _write(context, module, versions, target)
    env.cr.rollback()


def _record(context, returned):
    for name, value in (returned or {}).items():
        context.figure(name, **value) if isinstance(value, dict) else context.figure(name, value, "")


def _write(context, module, versions, target):
    limits = getattr(module, "LIMITS", {})
    content = {"sizes": context.sizes, "figures": context.figures, "limits": limits, "versions": versions}
    Path(target).write_text(json.dumps(content))
