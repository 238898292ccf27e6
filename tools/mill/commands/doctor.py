"""Tell how the installation of ./mill run is: what the client shows under Configuration › Health of the Installation.

Scheduled actions, mails, calls of other programs, backup, versions, PostgreSQL, contracts. Ends with 1 when something is bad.
"""

import json

from .. import databases, odoo, paths, run_database, setup
from ..console import Problem, plain, table
from ..postgres import cluster

CODE = """
import json
print('FINDINGS ' + json.dumps(env['paper.health']._get_findings()))
"""
MARKS = {"good": "ok", "warning": "look", "bad": "BAD"}


def options(_parser):
    """It has no options."""


def call(_args):
    started = setup.ensure("run", browser=False)
    try:
        if not databases.exists("run", run_database.NAME):
            raise Problem(f"There is no database {run_database.NAME} yet.", "./mill run makes it.")
        log = paths.LOGS / "doctor.log"
        odoo.shell("run", run_database.NAME, CODE, log)
        line = next(line for line in log.read_text().splitlines() if line.startswith("FINDINGS "))
        findings = json.loads(line.removeprefix("FINDINGS "))
        table([[MARKS[state], name, text] for _code, name, state, text in findings])
        outdated = run_database.outdated()
        if outdated:
            plain(f"  addons on disk that are newer than the database: {', '.join(outdated)}; ./mill upgrade")
        return 1 if any(state == "bad" for _code, _name, state, _text in findings) else 0
    finally:
        if started:
            cluster("run").stop()
