"""The database `mill` of `./mill run`: made once, brought up to the addons on disk in place, never dropped."""

import contextlib
import json
import re

from . import addons, backups, databases, odoo, paths, steps
from .console import Problem, complain, doing, say
from .postgres import ADMIN, cluster

NAME = "mill"
STAMP = "run-database"
BACKUPS = paths.LOCAL / "backup"
KEEP = 5
LANGUAGES = "zh_CN"  # the demo mill and its customers speak Chinese


def wanted():
    """Return the addons to install: paper_mill, which brings everything with it, or all of them until it is there."""
    return ["paper_mill"] if "paper_mill" in addons.ours() else list(addons.ours())


def ensure(demo=True):
    """Make the database, or bring an older one up to date; return "made", "upgraded" or "as it was"."""
    if not databases.exists("run", NAME):
        return _make(demo)
    changed = outdated()
    if not changed:
        return "as it was"
    upgrade(changed)
    return "upgraded"


DEMO = """
from odoo.modules.loading import load_demo
from odoo.modules.module_graph import ModuleGraph
ours = {ours!r}
graph = ModuleGraph(env.cr, mode='load')
graph.extend(env['ir.module.module'].search([('state', '=', 'installed')]).mapped('name'))
later = env(context={{**env.context, 'paper_mill_demo_later': True}})
for package in graph:
    if package.name in ours and not load_demo(later, package, {{}}, 'init'):
        raise SystemExit(f'the demo data of {{package.name}} failed')
env.cr.execute('update ir_module_module set demo = true where name = any(%s)', [ours])
env.cr.commit()
"""
# Each step is a transaction that is tried again when somebody who uses the mill meanwhile changed the same record.
FILL = """
from odoo.service.model import retrying
demo = env['paper.mill.demo'].with_context(lang=None)
retrying(lambda: demo._note_error(''), env)
while progress := demo.progress():
    print('STEP {step}/{total} {words}'.format(**progress), flush=True)
    try:
        retrying(demo._take_next, env)
    except Exception as error:
        env.cr.rollback()
        words = str(error)
        retrying(lambda: demo._note_error(words), env)
        raise
    env.invalidate_all()
"""
STEP = re.compile(r"^STEP (.*)$", re.MULTILINE)
CLOCK = """
import datetime, freezegun
freezegun.freeze_time(datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds={seconds}), tick=True).start()
"""


def load_demo(where, database, ahead=0, whole=True):
    """Load our addons' demo data and nobody else's: the demo mill makes paper, not the furniture of Odoo's own demo.

    :param ahead: seconds by which Odoo's clock is put forward; a trial builds the demo mill at another moment
    :param whole: False leaves out what `fill` does later, beside a server
    """
    log = paths.LOGS / f"demo-data-{where}.log"
    code = [CLOCK.format(seconds=ahead)] if ahead else []
    code += [DEMO.format(ours=list(addons.ours())), *([FILL] if whole else [])]
    try:
        with doing(lambda: "demo mill " + (steps_in(log)[-1:] or ["begins"])[0]):
            odoo.shell(where, database, "".join(code), log)
    except Problem:
        check_demo(log)
        raise


def steps_in(log):
    """Return the steps of the filling that its log names, in words."""
    return STEP.findall(log.read_text(errors="replace")) if log.exists() else []


def is_filling():
    """Say whether the demo mill is not whole yet: a database of before, or without demo data, has nothing to fill."""
    rows = cluster("run").query(NAME, "select value from ir_config_parameter where key = 'paper_mill.demo'")
    return bool(rows) and not json.loads(rows[0][0])["finished"]


class Filling:
    """Fills the demo mill beside a server, and tells what it is at; one that was broken off goes on with its next step."""

    def __init__(self):
        self.log = paths.LOGS / "run-filling.log"
        self.process = odoo.start_shell("run", NAME, FILL, self.log)
        self.told = 0

    def at(self):
        """Return the step that it is at, in words."""
        return (steps_in(self.log)[-1:] or ["begins"])[0]

    def look(self):
        """Say what is new; return whether the filling has ended."""
        ended = self.process.poll() is not None
        found = steps_in(self.log)
        for words in found[self.told :]:
            say(f"demo mill {words}")
        self.told = len(found)
        if ended:
            self._tell_end()
        return ended

    def _tell_end(self):
        try:
            odoo.check_shell(NAME, self.process.returncode, self.log)
            say("the demo mill is whole")
        except Problem as problem:
            complain(f"The demo mill is not whole, the next ./mill run goes on with it. {problem}")

    def stop(self):
        odoo.stop(self.process)


def _make(demo):
    fresh = f"new_{NAME}"
    kind = "with the demo mill" if demo else "without demo data"
    say(f"database {NAME}, {kind}: this takes a few minutes, once")
    databases.create("run", fresh)
    log = paths.LOGS / "run-database.log"
    odoo.install("run", fresh, wanted(), log, f"--load-language={LANGUAGES}")
    if demo:
        say("people, machines and products of the demo mill")
        load_demo("run", fresh, whole=False)
    databases.rename("run", fresh, NAME)
    _record()
    return "made"


def check_demo(log):
    """Raise a Problem when Odoo went on without an addon's demo data, which it only mentions in its log."""
    lines = log.read_text(errors="replace").splitlines()
    if any("demo data failed to install" in line for line in lines):
        last = [line for line in lines if line.strip()][-6:]
        raise Problem("The demo data cannot be installed:\n      " + "\n      ".join(last), f"The whole log: {paths.shown(log)}")


def _record():
    steps.stamp(STAMP, json.dumps({name: addons.content(name) for name in addons.ours()}))


def outdated():
    """Return our addons whose files changed since the database was made or last upgraded, new ones included."""
    path = steps.STAMPS / STAMP
    known = json.loads(path.read_text()) if path.exists() else {}
    return [name for name in addons.ours() if known.get(name) != addons.content(name)]


def installed(where="run", database=NAME):
    rows = cluster(where).query(database, "select name from ir_module_module where state in ('installed', 'to upgrade')")
    return {row[0] for row in rows}


def check_idle():
    """Raise a Problem when somebody is connected to the database: an upgrade must have it to itself."""
    rows = cluster("run").query("postgres", f"select count(*) from pg_stat_activity where datname = '{NAME}'")
    if rows[0][0] != "0":
        raise Problem(f"A server (or a shell) is using the database {NAME}.", "Stop ./mill run first.")


def upgrade(names, everything=False):
    """Back the database up, then upgrade addons in it and install those that are new."""
    check_idle()
    folder = backup()
    say(f"backup in {paths.shown(folder)}; upgrading {', '.join(names)}")
    log = paths.LOGS / "run-upgrade.log"
    if call_upgrade("run", NAME, names, log, everything):
        raise Problem(
            f"The upgrade of {', '.join(names)} failed:\n      " + "\n      ".join(odoo.errors(log)),
            f"Correct the addon and call again, or go back: ./mill upgrade --restore {paths.shown(folder)}",
        )
    _record()


def call_upgrade(where, database, names, log, everything=False):
    """Upgrade addons in a database and install those that are new; return Odoo's exit code."""
    present = installed(where, database)
    new = [name for name in addons.ours() if name not in present and (not _is_glue(name) or _is_wanted(name, present))]
    old = ["all"] if everything else [name for name in names if name in present]
    args = ["-d", database, "--stop-after-init", "--no-http", "--log-level=warn"]
    return odoo.call(where, [*args, *(["-u", ",".join(old)] if old else []), *(["-i", ",".join(new)] if new else [])], log)


def _is_glue(name):
    return bool(addons.manifest(name).get("auto_install"))


def _is_wanted(name, present):
    """Say whether glue has all that it joins: Odoo brings it by itself only together with a dependency that is new."""
    return set(addons.manifest(name)["depends"]) <= present


def place():
    """Return where the database of ./mill run lives, as `backups` wants it."""
    server = cluster("run")
    return backups.Place(
        environment={**server.environment(), "PGUSER": server.owner if server.external else ADMIN},
        filestores=databases.filestore("run", NAME).parent,
        programs=server.programs,
        create=lambda name: databases.create("run", name),  # with the extensions: an index on unaccent() needs it immutable first
        versions={name: addons.manifest(name).get("version", "0") for name in addons.ours()},
    )


@contextlib.contextmanager
def _told():
    """A BackupError is something that the user can put right."""
    try:
        yield
    except backups.BackupError as error:
        raise Problem(error.what, error.remedy) from error


def backup(folder=BACKUPS, keep=KEEP):
    """Write the database and its filestore into a new folder below another; keep the last ones."""
    stamp = steps.STAMPS / STAMP
    with _told():
        return backups.write(place(), NAME, folder, keep, extra=[stamp] if stamp.exists() else [])


def try_backup(folder):
    """Restore a backup beside and compare it; return what it says of itself."""
    with _told():
        return backups.check(place(), folder)


def restore(folder):
    """Put a backup in the place of the database; return the name under which what was there is kept, None if nothing was."""
    with _told():
        kept = backups.restore(place(), folder, NAME)
    if (folder / STAMP).exists():
        steps.stamp(STAMP, (folder / STAMP).read_text())
    else:
        steps.forget(STAMP)
    return kept


def set_address(where, database, url):
    """Tell Odoo its own address: PDFs fetch their style sheets from it, links in messages point to it."""
    for key in ("web.base.url", "report.url"):
        cluster(where).execute(
            database,
            f"insert into ir_config_parameter (key, value) values ('{key}', '{url}') "
            "on conflict (key) do update set value = excluded.value",
        )


def logins():
    """Return (login, name) of the people of the demo mill, for whom the password is the login."""
    rows = cluster("run").query(
        NAME,
        """
        select u.login, p.name from ir_model_data d join res_users u on u.id = d.res_id join res_partner p on p.id =
        u.partner_id
        where d.model = 'res.users' and d.module like 'paper\\_%' and u.active order by u.share, u.login""",
    )
    return [tuple(row) for row in rows]
