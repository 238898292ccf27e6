"""Reading what an Odoo run logged: which tests ran and how they ended, and every warning or error that nobody
expected."""

import re
from dataclasses import dataclass, field

from ..odoo import LINE

STARTING = re.compile(r"^Starting (\S+)\.(\w+) \.\.\.$")
SKIPPED = re.compile(r"^skipped (\S+)\.(\w+) : (.*)$")
FAILED = re.compile(r"^(FAIL|ERROR): (?:Subtest )?(\S+)\.(\w+)")
SETUP = re.compile(r"^(FAIL|ERROR): (setUpClass|tearDownClass|setUpModule|tearDownModule) \((.*?)\)")
MODULE = re.compile(r"^odoo\.addons\.([^.]+)\.")
# Odoo's own noise, allowed by name: pairs of logger and beginning of the message. Nothing broader.
ALLOWED = (
    # wkhtmltopdf 0.12.4 looks for an OpenSSL of its time; it fetches nothing by https here.
    ("odoo.addons.base.models.ir_actions_report", "wkhtmltopdf: QSslSocket: cannot resolve"),
)


@dataclass
class Log:
    """What one Odoo run said."""

    started: set = field(default_factory=set)
    failed: dict = field(default_factory=dict)  # test id -> the log's block
    skipped: dict = field(default_factory=dict)  # test id -> reason
    complaints: list = field(default_factory=list)  # warnings and errors that are not failed tests
    browsers: int = 0
    finished: bool = False


def read(path, ours=None):
    """Read a log file.

    :param ours: loggers' addons whose warnings count; None counts everybody's
    """
    log = Log()
    blocks = []
    for line in path.read_text(errors="replace").splitlines():
        match = LINE.match(line)
        if match:
            blocks.append([match, [line]])
        elif blocks:
            blocks[-1][1].append(line)
    for match, lines in blocks:
        message, module = match["message"].rstrip(), MODULE.match(match["logger"])
        module = module[1] if module else ""
        if match["level"] == "INFO":
            if found := STARTING.match(message):
                log.started.add(f"{module}:{found[1]}.{found[2]}")
            elif found := SKIPPED.match(message):
                log.skipped[f"{module}:{found[1]}.{found[2]}"] = found[3]
            elif message.startswith("Chrome pid"):
                log.browsers += 1
            elif match["logger"] == "odoo.tests.result" and "of " in message:
                log.finished = True
        elif match["level"] in ("WARNING", "ERROR", "CRITICAL"):
            if found := SETUP.match(message):
                log.failed[found[3].removeprefix("odoo.addons.")] = lines
            elif found := FAILED.match(message):
                log.failed[f"{module}:{found[2]}.{found[3]}"] = lines
            elif match["logger"] == "odoo.tests.result":
                log.finished = True
            elif not _allowed(match) and (ours is None or module in ours):
                log.complaints.append(lines)
    return log


def _allowed(match):
    return any(match["logger"] == logger and match["message"].startswith(start) for logger, start in ALLOWED)
