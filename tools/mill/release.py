"""The demo mill of the last landed release, kept beside the sources: this code is tried on it (`./mill test --stage upgrade`).

It is a dump without what Odoo makes anew by itself, with the files of documents alone. A clone without history has it, too.
"""

import lzma
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib

from . import databases, paths
from .console import Problem, say
from .pins import digest
from .postgres import OWNER, cluster
from .shell import run

SETTINGS = paths.CONFIG / "release.toml"
DUMP = paths.TESTS / "upgrade" / "mill.sql.xz"
FILES = paths.TESTS / "upgrade" / "files.tar.xz"
# Which files of the store are records of the mill; pictures and bundles come from the sources again.
DOCUMENTS = "store_fname is not null and (res_model like 'paper.%' or res_model in ('sale.order', 'stock.picking'))"
LEFT_OUT = (
    "delete from ir_attachment where url like '/web/assets/%'",
    "truncate bus_bus",
)
# Lines of a newer pg_dump that an older psql or server does not know.
UNKNOWN = ("\\restrict", "\\unrestrict", "SET transaction_timeout")
BUILD = """
from tools.mill import setup, templates
setup.ensure("test", browser=False)
print("TEMPLATE", templates.demo())
"""
HEAD = """\
# The last landed release. What a mill of it holds must survive every later upgrade (tests/upgrade): when a new release
# has landed, `./mill release COMMIT` writes this file and the demo mill beside the tests.
"""


def commit():
    """Return the commit of the release."""
    with open(SETTINGS, "rb") as stream:
        return tomllib.load(stream)["commit"]


# Making it


def keep(name):
    """Build the demo mill of a commit with that commit's own tools, and keep it."""
    full = run(["git", "-C", paths.ROOT, "rev-parse", "--verify", f"{name}^{{commit}}"], what=f"looking for {name}").strip()
    source, local = paths.LOCAL / "release" / "source", paths.LOCAL / "release" / "local"
    shutil.rmtree(source, ignore_errors=True)
    run(["git", "-C", paths.ROOT, "worktree", "prune"])
    run(["git", "-C", paths.ROOT, "worktree", "add", "--detach", source, full], what=f"checking {name} out")
    try:
        _share_packages(local)
        say(f"the demo mill of {full[:12]}: this takes a while")
        log = run(
            [sys.executable, "-c", BUILD], cwd=source, env=_environment(source, local), log="release.log", what="building it"
        )
        built = next(line.split()[1] for line in log.splitlines() if line.startswith("TEMPLATE "))
        _write(built, _environment(source, local))
    finally:
        run(["git", "-C", paths.ROOT, "worktree", "remove", "--force", source])
    when = run(["git", "-C", paths.ROOT, "show", "-s", "--format=%cI", full]).strip()
    SETTINGS.write_text(f'{HEAD}commit = "{full}"\ncommitted = "{when}"\n')
    say(f"written: {paths.shown(SETTINGS)}, {', '.join(f'{paths.shown(p)} ({p.stat().st_size:,} bytes)' for p in (DUMP, FILES))}")


def _share_packages(local):
    """Let the older code find what is set up already: Odoo and the programs. Its packages and databases are its own."""
    local.mkdir(parents=True, exist_ok=True)
    for name in ("debs", "odoo"):
        if (paths.LOCAL / name).exists() and not (local / name).exists():
            (local / name).symlink_to(paths.LOCAL / name)
    shutil.copytree(paths.BIN, local / "bin", dirs_exist_ok=True)


def _environment(source, local):
    return {**os.environ, "MILL_ROOT": str(source), "MILL_LOCAL": str(local), "MILL_CWD": str(source), "PYTHONUNBUFFERED": "1"}


DUMPING = """
import subprocess, sys
from tools.mill import databases
from tools.mill.postgres import cluster
template, sql, files = sys.argv[1:]
databases.clone("test", template, "release_dump")
for statement in {left_out!r}:
    cluster("test").execute("release_dump", statement)
server = cluster("test")
program = server.programs / "pg_dump" if server.programs else "pg_dump"
subprocess.run([program, "-Fp", "--no-owner", "--no-privileges", "--no-comments", "-f", sql, "release_dump"],
               env=server.environment(), check=True)
names = server.query("release_dump", "select distinct store_fname from ir_attachment where {documents} order by 1")
store = databases.filestore("test", "release_dump")
with open(files, "w") as stream:
    stream.writelines(f"{{store}}\\t{{name}}\\n" for [name] in names)
"""


def _write(template, env):
    sql, listed = paths.LOCAL / "release" / "mill.sql", paths.LOCAL / "release" / "files.txt"
    code = DUMPING.format(left_out=LEFT_OUT, documents=DOCUMENTS)
    run([sys.executable, "-c", code, template, sql, listed], cwd=env["MILL_ROOT"], env=env, what="dumping the demo mill")
    DUMP.parent.mkdir(parents=True, exist_ok=True)
    with (
        open(sql, encoding="utf-8", newline="") as lines,
        lzma.open(DUMP, "wt", preset=9, encoding="utf-8", newline="") as target,
    ):
        target.writelines(line for line in lines if not line.startswith(UNKNOWN))
    with tarfile.open(FILES, "w:xz", preset=9) as archive:
        for line in listed.read_text().splitlines():
            store, name = line.split("\t")
            archive.add(f"{store}/{name}", name, filter=_plain)
    sql.unlink()


def _plain(member):
    """The archive says nothing of who made it and when."""
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = ""
    return member


# Using it


def template():
    """Return the database with the demo mill of the release in the test cluster, restoring it if need be."""
    name = f"release_{digest(DUMP, FILES)}"
    if databases.exists("test", name):
        return name
    for old in databases.matching("test", "release_"):
        databases.drop("test", old)
    fresh = f"new_{name}"
    databases.create("test", fresh)
    _restore(fresh)
    store = databases.filestore("test", fresh)
    store.mkdir(parents=True, exist_ok=True)
    with tarfile.open(FILES) as archive:
        archive.extractall(store, filter="data")
    databases.rename("test", fresh, name)
    return name


def _restore(database):
    server = cluster("test")
    program = server.programs / "psql" if server.programs else "psql"
    env = {**server.environment(), "PGUSER": server.owner if server.external else OWNER}
    process = subprocess.Popen(
        [program, "-Xq", "-v", "ON_ERROR_STOP=1", "-d", database],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=env,
    )
    try:
        with lzma.open(DUMP) as source:
            shutil.copyfileobj(source, process.stdin, 2**20)
    except BrokenPipeError:
        pass  # psql has said why
    said = process.communicate()[1].decode(errors="replace")
    if process.returncode:
        raise Problem(
            f"The demo mill of the release cannot be restored: {said.strip()[-300:]}", "./mill release COMMIT writes it."
        )
