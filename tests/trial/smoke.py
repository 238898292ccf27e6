"""Open everything that the people of a database can open, in a real browser and in Chinese: each menu leaf, the first record
of each list, every tab and every stat button, for each distinct set of rights. A crash, a missing right, a script's error, a
traceback in the server's log and an English word of the interface are faults.

The database is copied first (nobody may be connected to it). Words that stand in Latin letters in Chinese too are listed in
config/allowed_words.toml."""

import json
import os
import subprocess
from collections import Counter, defaultdict
from pathlib import Path

from tools.mill import databases, odoo, paths, setup, templates
from tools.mill.console import Problem, plain, say
from tools.mill.testing import gate

TITLE = "every screen of every department, in a browser"
SHORT = ["--once"]
CODE = """
import json, sys
from pathlib import Path
sys.path.insert(0, {folder!r})
import rights
Path({target!r}).write_text(json.dumps(rights.plan(env, {logins!r}, {once!r}), ensure_ascii=False))
"""
SMOKE = paths.TESTS / "smoke"
WORDS = paths.CONFIG
PLANTED = "自检"

# Two people opened the same list at the same moment and Odoo tidied up behind both: the server tries the later one again.
RETRIED = "could not serialize access due to concurrent"


def options(parser):
    parser.add_argument("--database", metavar="NAME", help="the database to look at (a demo mill made for it)")
    parser.add_argument("--once", action="store_true", help="open a leaf once for all whose rights to it are the same")
    parser.add_argument("--login", action="append", default=[], help="only this user (can be given several times)")
    parser.add_argument("--browsers", type=int, default=2, help="how many users at the same time (2)")


def source(args):
    """Return the cluster and the database to copy."""
    if not args.database:
        return "test", templates.demo()
    for where in ("test", "run"):
        setup.ensure(where, browser=False)
        if databases.exists(where, args.database):
            return where, args.database
    raise Problem(f"There is no database {args.database}.", "./mill run makes one that is called mill.")


def run(trial):
    setup.ensure(None)  # a browser
    plan = paths.LOGS / "smoke-plan.json"
    code = CODE.format(folder=str(SMOKE), target=str(plan), logins=trial.args.login, once=trial.args.once)
    odoo.shell(trial.where, trial.database, code, paths.LOGS / "smoke-plan.log")
    say(f"what {len(json.loads(plan.read_text()))} sets of rights may open is known")
    trial.start()
    result = _drive(trial, plan)
    trial.figure("time for the server's processors", round(_processor_seconds(trial.server.pid)), "s")
    for name, count in sorted(result["counts"].items()):
        trial.figure(name, count, "")
    for name, seconds in sorted(result["seconds"].items()):
        trial.figure(f"time for {name}", round(seconds), "s")
    faults = result["faults"] + _of_the_log(trial.log)
    planted = [fault for fault in faults if PLANTED in f"{fault['menu']} {fault['seen']}"]
    faults = [fault for fault in faults if fault not in planted]
    _expect_planted(trial, planted)
    kinds = Counter(kind for kind, *_rest in {(f["kind"], f["menu"], f["opened"], f["seen"]) for f in faults})
    for kind in ("crash", "right", "javascript", "stuck", "log", "english"):
        trial.figure(f"faults: {kind}", kinds[kind], "")
    _tell(trial, faults)


def _drive(trial, plan):
    job, target = paths.LOGS / "smoke-job.json", paths.LOGS / "smoke-result.json"
    target.unlink(missing_ok=True)
    told = {"url": trial.url, "plan": str(plan), "result": str(target), "words": str(WORDS), "whole": not trial.args.once}
    job.write_text(json.dumps({**told, "jobs": trial.args.browsers}))
    log = paths.LOGS / "smoke-drive.log"
    with open(log, "w") as stream:
        done = subprocess.Popen(
            [paths.PYTHON, SMOKE / "drive.py", job], stdout=stream, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            done.wait()
        finally:
            odoo.stop(done)
    if done.returncode or not target.exists():
        raise Problem("The browser's walk broke off:\n      " + "\n      ".join(log.read_text().splitlines()[-8:]))
    return json.loads(target.read_text())


def _processor_seconds(pid):
    """Return what a process has used of the processors: on a busy machine the clock says little."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _of_the_log(log):
    """Return the tracebacks of the server's log, of input that could not be read too: who clicks sends none of that kind.

    What it refused by name was shown to somebody and is counted there.
    """
    found = []
    for lines in gate.read(log).complaints:
        match = odoo.LINE.match(lines[0])
        if RETRIED in " ".join(lines):
            continue
        if match["level"] == "WARNING" and match["logger"] == "odoo.http" and "Traceback" not in " ".join(lines):
            continue
        seen = " ".join([match["message"], *(line.strip() for line in lines[-3:] if line != lines[0])])
        found.append({"who": "server", "menu": match["logger"], "opened": "log", "kind": "log", "seen": seen[:400]})
    return found


def _expect_planted(trial, planted):
    """What was planted must have been found: a test that cannot fail proves nothing."""
    for kind, menu, part in (
        ("crash", "client", "active_id"),
        ("crash", "server", "自检 log"),
        ("right", "right", "ir.mail_server"),
        ("english", "english", "list string: Planted heading"),
        ("english", "english", "column: Planted heading"),
        ("javascript", "script", "script"),
        ("log", "", "自检 log"),
    ):
        seen = any(f["kind"] == kind and menu in f["menu"] and part in f["seen"] for f in planted)
        trial.expect(seen, f"a planted fault was not found: {kind} {menu}")


def _tell(trial, faults):
    """Say each fault once, with all who meet it."""
    alike = defaultdict(dict)
    for fault in faults:
        key = (
            (fault["kind"], fault["opened"], fault["seen"])
            if fault["kind"] != "english"
            else (fault["kind"], "", fault["seen"].split(": ", 1)[1])
        )
        alike[key].setdefault(fault["menu"], []).append(fault["who"])
    for (kind, opened, seen), places in sorted(alike.items()):
        menu, who = next(iter(places.items()))
        more = f" (and {len(places) - 1} more menus)" if len(places) > 1 else ""
        everybody = sorted({person for people in places.values() for person in people})
        trial.expect(False, f"{kind}: {', '.join(everybody)} / {menu}{more} / {opened} / {seen!r}")
    if faults:
        plain(f"  all of them: {paths.shown(paths.LOGS / 'smoke-result.json')}")
