"""What a trial gets: a fresh database with everything, a server on it that it may kill, people who speak to it."""

import contextlib
import json
import os
import signal
import sys
import time

from .. import databases, odoo, paths, programs, run_database, templates
from ..console import plain, say
from ..postgres import cluster
from ..walk.client import Person


class TrialFailed(Exception):
    """What the trial promised does not hold."""


class Trial:
    """Handed to a trial's `run(trial)`.

    :ivar args: the options of the command line, the trial's own among them
    :ivar url: address of the server
    """

    def __init__(self, name, args):
        self.name, self.args = name, args
        self.where = "test"
        self.database = f"trial_{name}"
        self.port = odoo.free_port(18200, 18299)
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = paths.LOGS / f"trial-{name}.log"
        self.server = None
        self.starts = 0
        self.figures = {}
        self.complaints = []

    # The database and the server

    def make_database(self, source=None):
        """Copy a database under this trial's name: the one that has everything, unless the trial names a cluster and another."""
        self.where, template = source or ("test", templates.everything())
        templates.clone_of(template, self.database, self.where)
        run_database.set_address(self.where, self.database, self.url)

    def start(self, *options):
        """Start the server and wait until it answers; each start writes a log of its own."""
        self.starts += 1
        self.log = paths.LOGS / f"trial-{self.name}-{self.starts}.log"
        self.server = odoo.serve_database(self.where, self.database, self.port, self.log, *options)
        odoo.wait_for(self.server, f"{self.url}/web/health", self.log)

    def kill(self):
        """Kill the server as a power cut would: no signal that it could handle."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(30)

    def stop(self):
        if self.server:
            odoo.stop(self.server)

    def is_up(self):
        return self.server is not None and self.server.poll() is None

    def peak_memory(self):
        """Return the most memory (MiB) that the server had at once, the highest of its processes."""
        peaks = [0]
        for entry in os.listdir("/proc"):
            with contextlib.suppress(OSError, ValueError):
                if entry.isdigit() and os.getpgid(int(entry)) == self.server.pid:
                    with open(f"/proc/{entry}/status") as status:
                        peaks += [int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM:")]
        return max(peaks)

    def person(self, login="admin", password=None):
        """Return a logged-in session, see tools/mill/walk/client.py."""
        return Person(self.url, self.database, login, password or login)

    def query(self, statement):
        """Return the rows of a SQL query on the trial's database, as text."""
        return cluster(self.where).query(self.database, statement)

    def wait_until(self, statement, wanted="0", patience=120):
        """Wait until a query's only value is ``wanted``; return whether it came to be."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if str(self.query(statement)[0][0]) == wanted:
                return True
            time.sleep(0.5)
        return False

    # What comes out

    def figure(self, name, value, unit):
        """Record a figure of the closing table."""
        self.figures[name] = {"value": value, "unit": unit}

    def expect(self, holds, sentence):
        """Note a sentence as a failure of the trial unless it holds."""
        if not holds:
            self.complaints.append(sentence)
            plain(f"  FAILED: {sentence}")
        return holds


def load(path):
    """Import a trial from its file; what lies beside it can be imported by it."""
    if str(path.parent) not in sys.path:
        sys.path.insert(0, str(path.parent))
    return programs.load(path)


def execute(path, args, keep=False, target=None):
    """Run a trial; return its :class:`Trial` with figures and complaints.

    :param target: file for the figures as one JSON object
    """
    module = load(path)
    trial = Trial(path.stem, args)
    trial.make_database(module.source(args) if hasattr(module, "source") else None)
    began = time.monotonic()
    try:
        module.run(trial)
    finally:
        trial.stop()
        if not keep:
            databases.drop(trial.where, trial.database)
    trial.figure("seconds", round(time.monotonic() - began, 1), "s")
    if target:
        target.parent.mkdir(parents=True, exist_ok=True)
        found = {"trial": trial.name, "figures": trial.figures, "failed": trial.complaints}
        target.write_text(json.dumps(found, indent=2) + "\n")
        say(f"written: {target}")
    return trial
