"""For the tests across addons, which pytest-odoo runs: warnings that Odoo logs go into a file that `./mill test` reads, and
the clock stands where a trial puts it."""

import logging
import os
from datetime import UTC, datetime, timedelta


def pytest_configure(config):
    ahead = os.environ.get("MILL_CLOCK_AHEAD")  # seconds; see tests/trial/calendar.py
    if ahead:
        import freezegun

        freezegun.freeze_time(datetime.now(UTC) + timedelta(seconds=float(ahead)), tick=True).start()
    target = os.environ.get("MILL_ODOO_LOG")
    if target:
        handler = logging.FileHandler(target)
        handler.setLevel(logging.WARNING)
        handler.addFilter(_is_said_by_a_test)
        # Odoo's own format, so that the log is read like any other.
        handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s across %(name)s: %(message)s"))
        logging.getLogger().addHandler(handler)


def _is_said_by_a_test(record):
    """Leave out what Python says of a socket that pytest swept up at its end: a browser's, closed with its browser."""
    return not (record.name == "py.warnings" and "ResourceWarning: unclosed <socket" in record.getMessage())
