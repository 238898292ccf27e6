"""For the tests across addons, which pytest-odoo runs: warnings that Odoo logs go into a file that `./mill test` reads."""

import logging
import os


def pytest_configure(config):
    target = os.environ.get("MILL_ODOO_LOG")
    if target:
        handler = logging.FileHandler(target)
        handler.setLevel(logging.WARNING)
        # Odoo's own format, so that the log is read like any other.
        handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s across %(name)s: %(message)s"))
        logging.getLogger().addHandler(handler)
