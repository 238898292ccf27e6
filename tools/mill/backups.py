"""Backups of a mill, written, tried and brought back: the database and its files as they were at one moment.

Used by `./mill backup|restore|upgrade`, and in the container by docker/backup.py: standard library and PostgreSQL's own
programs only. A backup is a folder:

    mill.dump          pg_dump's own format
    filestore.tar.gz   the files, each under its place in the store
    backup.json        what was in it: versions, rows of each table, digests of contracts and files, checksums of both

A folder whose name ends with `.part` was broken off, and is taken for nothing.
"""

import contextlib
import datetime
import hashlib
import json
import os
import re
import shutil
import subprocess
import tarfile
import time
from dataclasses import dataclass, field
from pathlib import Path

FORMAT = 1
EXTENSION = re.compile(r" (EXTENSION -|COMMENT - EXTENSION) ")
NAMES = re.compile(r"^[A-Za-z0-9_]{1,40}$")
# What Odoo writes while it only stands there, and what a restored mill makes anew.
RESTLESS = ("bus_bus", "bus_presence", "ir_cron_progress", "ir_logging", "mail_presence", "res_device_log", "res_users_log")
COUNTS = """
select tablename, (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from public.%I', tablename), false, true,
    '')))[1]::text from pg_tables where schemaname = 'public' and tablename != all('{restless}') order by 1
"""
# Evidence is compared as it stands, not only counted.
EVIDENCE = """
select tablename, (xpath('/row/d/text()', query_to_xml(format(
    'select md5(coalesce(string_agg(t::text, chr(10) order by t.id), '''')) as d from public.%I t', tablename), false, true, '')))
    [1]::text from pg_tables where schemaname = 'public' and (tablename like 'paper\\_contract%' or tablename =
    'paper_partner_change') and exists (select from pg_attribute where attrelid = ('public.' ||
    quote_ident(tablename))::regclass and attname = 'id') order by 1
"""
MODULES = "select name, latest_version from ir_module_module where state in ('installed', 'to upgrade') order by name"
# Read by paper.health of paper_base; a database that is none of a mill has no such table.
NOTE = """
do $$ begin
    if to_regclass('ir_config_parameter') is not null then
        insert into ir_config_parameter (key, value) values ('paper.backup', '{note}')
            on conflict (key) do update set value = excluded.value;
    end if;
end $$"""
FILES = "select distinct store_fname from ir_attachment where store_fname is not null order by 1"


class BackupError(Exception):
    """What is wrong with a backup, or stands in its way, and what to do: one sentence each."""

    def __init__(self, what, remedy=""):
        super().__init__(f"{what} {remedy}".strip())
        self.what, self.remedy = what, remedy


@dataclass
class Place:
    """Where a database and its files live.

    :param environment: with the PG* variables that reach the server as somebody who may create databases
    :param filestores: folder that holds one folder of files for each database
    :param programs: folder of PostgreSQL's programs, None: those on PATH
    :param create: makes an empty database with the extensions; ``create database … template template1`` unless given
    :param versions: versions of the addons on disk, ``{name: version}``; a backup of newer ones is not restored
    """

    environment: dict
    filestores: Path
    programs: Path | None = None
    create: object = None
    versions: dict = field(default_factory=dict)

    def program(self, name):
        return str(self.programs / name) if self.programs else name

    def query(self, database, sql):
        """Return the rows that a statement gives, as lists of text."""
        done = self.run("psql", "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql)
        return [line.split("\t") for line in done.splitlines()]

    def run(self, program, *args):
        done = subprocess.run(
            [self.program(program), *map(str, args)], env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise BackupError(f"{program} failed: {done.stderr.strip()[-400:]}")
        return done.stdout

    def exists(self, database):
        return bool(self.query("postgres", f"select 1 from pg_database where datname = '{database}'"))

    def make(self, database):
        """Make an empty database, with the extensions that the superuser put into template1."""
        if self.create:
            self.create(database)
        else:
            self.query("postgres", f'create database "{database}" template template1')

    def drop(self, database):
        if self.exists(database):
            self.query("postgres", f'drop database "{database}" with (force)')
        shutil.rmtree(self.filestores / database, ignore_errors=True)

    def rename(self, source, target):
        self.query("postgres", f'alter database "{source}" rename to "{target}"')
        if (self.filestores / source).exists():
            (self.filestores / source).rename(self.filestores / target)

    def users(self, database):
        """Return how many are connected to a database; PostgreSQL's own sweepers, which come after a restore, are nobody."""
        asked = f"select count(*) from pg_stat_activity where datname = '{database}' and backend_type = 'client backend'"
        return int(self.query("postgres", asked)[0][0])


def stamp():
    return f"{datetime.datetime.now(datetime.UTC):%Y%m%d-%H%M%S}"


# Writing


def write(place, database, folder, keep=0, extra=()):
    """Write a backup into a new folder below ``folder`` and return it; the last ``keep`` of this database stay, 0: all.

    The mill may be in use meanwhile: rows are counted in the very snapshot that is dumped, and the files, which Odoo
    only adds to and sweeps up much later, are taken before it and once more after it.

    :param extra: files to lay beside it
    :raises BackupError: the disk is full, or PostgreSQL refuses; nothing is left of it then
    """
    _check_name(database)
    if not place.exists(database):
        raise BackupError(f"There is no database {database}.", "Name the right one.")
    target = folder / f"{database}-{stamp()}"
    while target.exists():  # two in one second
        time.sleep(0.2)
        target = folder / f"{database}-{stamp()}"
    part = target.with_name(f"{target.name}.part")
    part.mkdir(parents=True)
    try:
        with _full_disk(folder):
            _check_space(place, database, folder)
            _write(place, database, part)
            for path in extra:
                shutil.copy(path, part)
            part.rename(target)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    if keep:
        retain(folder, database, keep)
    return target


def _write(place, database, part):
    store, taken = place.filestores / database, set()
    with tarfile.open(part / "filestore.tar.gz", "w:gz", compresslevel=1) as archive:
        _take_files(archive, store, taken)
        with _snapshot(place, database) as (snapshot, ask):
            place.run("pg_dump", "-Fc", "-Z1", f"--snapshot={snapshot}", "-f", part / f"{database}.dump", database)
            content = {
                "rows": {name: int(count) for name, count in ask(_counts())},
                "evidence": dict(ask(EVIDENCE)),
                "modules": dict(ask(MODULES)),
                "server": ask("show server_version_num")[0][0],
            }
            named = {name for (name,) in ask(FILES)}
        _take_files(archive, store, taken)
    lost = sorted(named - taken)
    facts = {
        "format": FORMAT,
        "database": database,
        "taken": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        **content,
        "files": len(taken),
        "files_lost": lost,  # were gone already in the mill itself
        "sums": {path.name: _sum(path) for path in sorted(part.iterdir())},
    }
    (part / "backup.json").write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n")
    for path in part.iterdir():
        _to_disk(path)


def _take_files(archive, store, taken):
    """Put the files of a store that were not taken yet into the archive; one that is swept up meanwhile is left out."""
    for path in sorted(store.rglob("*")) if store.exists() else ():
        name = path.relative_to(store).as_posix()
        if name not in taken and not name.startswith("checklist/") and path.is_file():
            with contextlib.suppress(FileNotFoundError):
                archive.add(path, name)
                taken.add(name)


@contextlib.contextmanager
def _snapshot(place, database):
    """Hold one state of the database still: yield its name for pg_dump, and a function that asks it."""
    session = subprocess.Popen(
        [place.program("psql"), "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", database],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=place.environment,
    )

    def ask(sql):
        rows = []
        with contextlib.suppress(BrokenPipeError):
            session.stdin.write(f"{sql.strip()};\n\\echo --end--\n")
            session.stdin.flush()
        for line in session.stdout:
            if line == "--end--\n":
                return rows
            rows.append(line.rstrip("\n").split("\t"))
        raise BackupError(f"PostgreSQL broke off: {session.stderr.read().strip()[-300:]}", "Nothing was written.")

    try:
        ask("begin transaction isolation level repeatable read, read only")
        yield ask("select pg_export_snapshot()")[0][0], ask
    finally:
        session.stdin.close()
        session.terminate()
        session.wait()
        session.stdout.close()
        session.stderr.close()


def _counts():
    return COUNTS.replace("{restless}", "{" + ",".join(RESTLESS) + "}")


def retain(folder, database, keep):
    """Take the oldest backups of a database away, all but ``keep``; what was broken off for a day goes with them."""
    for old in of(folder, database)[:-keep]:
        shutil.rmtree(old, ignore_errors=True)
    for part in folder.glob(f"{database}-*.part"):
        if time.time() - part.stat().st_mtime > 86400:
            shutil.rmtree(part, ignore_errors=True)


def of(folder, database):
    """Return the whole backups of a database, oldest first."""
    found = [path for path in folder.glob(f"{database}-*") if path.suffix != ".part" and (path / f"{database}.dump").exists()]
    return sorted(found)


# Trying and restoring


def facts(folder):
    """Return what a backup says of itself, after both of its files were compared with what was written then.

    :raises BackupError: it is none, a part of one, changed since, or of a format that this program does not know
    """
    note = folder / "backup.json"
    if not note.exists():
        raise BackupError(f"{folder} is no whole backup: it holds no backup.json.", "Name the folder of another one.")
    try:
        said = json.loads(note.read_text())
        database, sums = said["database"], said["sums"]
    except (ValueError, KeyError, TypeError):
        raise BackupError(f"{note} cannot be read.", "Name the folder of another backup.") from None
    if said.get("format", 0) > FORMAT:
        raise BackupError(
            f"{folder} was written by a newer program.", "Restore it with the release that wrote it, or a later one."
        )
    _check_name(database)
    for name, wanted in sums.items():
        path = folder / name
        if Path(name).name != name or not path.exists():
            raise BackupError(f"{folder} is not whole: {name} is missing.", "Take another backup.")
        if _sum(path) != wanted:
            raise BackupError(
                f"{path} is not what was written: it is cut off or changed.",
                "Copy it anew from where it came from, or take another.",
            )
    return said


def check(place, folder):
    """Try a backup: restore it into a database beside, compare it with what was counted, and drop that again.

    The mill itself notes that there is one, so that its page of health can tell how old it is.
    """
    said = facts(folder)
    side = f"{said['database'][:30]}_try_{stamp().replace('-', '_')}"
    try:
        _bring_back(place, folder, said, side)
    finally:
        place.drop(side)
    if place.exists(said["database"]):
        note = json.dumps({"taken": said["taken"], "folder": folder.name}).replace("'", "''")
        place.query(said["database"], NOTE.format(note=note))
    return said


def restore(place, folder, database=None):
    """Put a backup in the place of a database; return the name under which what was there is kept, None if nothing was.

    Nothing that was there is dropped, however often this is called; nothing changes before the restored database has
    been compared with what was counted when it was written.

    :raises BackupError: it is not whole, of newer addons, or somebody is using the database
    """
    said = facts(folder)
    database = database or said["database"]
    _check_name(database)
    _check_versions(place, said, folder)
    _check_idle(place, database)
    now = stamp().replace("-", "_")
    fresh, kept = f"{database}_new_{now}", f"{database}_before_{now}"
    try:
        _bring_back(place, folder, said, fresh)
        there = place.exists(database)
        if there:
            _check_idle(place, database)
            place.rename(database, kept)
        place.rename(fresh, database)
    except BaseException:
        place.drop(fresh)
        raise
    return kept if there else None


def _check_idle(place, database):
    if place.exists(database) and place.users(database):
        raise BackupError(
            f"Somebody is using the database {database}.", "Stop the server (and every shell) first. Nothing was changed."
        )


def _check_versions(place, said, folder):
    if not place.versions:
        return
    newer = [
        f"{name} {version} (here {place.versions[name]})"
        for name, version in said["modules"].items()
        if version and name in place.versions and _number(version) > _number(place.versions[name])
    ]
    if newer:
        raise BackupError(
            f"{folder} is of newer addons: {', '.join(newer[:5])}.",
            "Bring the addons to that release first. Nothing was changed.",
        )
    gone = [name for name in said["modules"] if name.startswith("paper_") and name not in place.versions]
    if gone:
        raise BackupError(
            f"{folder} needs addons that are not here: {', '.join(gone)}.", "Bring them first. Nothing was changed."
        )


def _number(version):
    return [int(part) if part.isdigit() else 0 for part in str(version).split(".")]


def _bring_back(place, folder, said, database):
    """Restore a backup into a database of another name, and compare it."""
    store = place.filestores / database
    with _full_disk(place.filestores):
        place.filestores.mkdir(parents=True, exist_ok=True)
        place.make(database)
        dump, listed = folder / f"{said['database']}.dump", place.filestores / f"{database}.list"
        try:
            # Extensions that are there already belong to the superuser.
            there = {name for (name,) in place.query(database, "select extname from pg_extension")}
            lines = place.run("pg_restore", "-l", dump).splitlines()
            wanted = [line for line in lines if not (EXTENSION.search(line) and line.split()[-1] in there)]
            listed.write_text("\n".join(wanted) + "\n")
            place.run("pg_restore", "-j2", "--no-owner", "--no-privileges", "--exit-on-error", "-L", listed, "-d", database, dump)
        finally:
            listed.unlink(missing_ok=True)
        store.mkdir(exist_ok=True)
        try:
            with tarfile.open(folder / "filestore.tar.gz") as archive:
                archive.extractall(store, filter="data")
        except (tarfile.TarError, EOFError) as error:
            raise BackupError(f"{folder / 'filestore.tar.gz'} cannot be unpacked: {error}.", "Take another backup.") from None
    _compare(place, said, database, store)


def _compare(place, said, database, store):
    """Refuse a restored database that is not what was counted: rows, contracts, files."""
    rows = {name: int(count) for name, count in place.query(database, _counts())}
    other = [
        f"{name}: {rows.get(name, 0)} rows instead of {count}" for name, count in said["rows"].items() if rows.get(name) != count
    ]
    digests = dict(place.query(database, EVIDENCE))
    other += [f"{name} reads differently" for name, digest in said["evidence"].items() if digests.get(name) != digest]
    lost = set(said["files_lost"])
    for (name,) in place.query(database, FILES):
        path = store / name
        if name in lost:
            continue
        if not path.exists():
            other.append(f"the file {name} is missing")
        elif re.fullmatch("[0-9a-f]{40}", path.name) and _sum(path, "sha1") != path.name:
            other.append(f"the file {name} is damaged")
    if other:
        raise BackupError(
            f"What was restored is not what was written: {'; '.join(other[:5])}.", "Take another backup. Nothing was changed."
        )


# Small things


def _check_name(database):
    if not NAMES.match(database or ""):
        raise BackupError(f"“{database}” cannot be the name of a database here.", "Letters, digits and _ only, at most 40.")


def _sum(path, kind="sha256"):
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, kind).hexdigest()


def _to_disk(path):
    with open(path, "rb") as stream:
        os.fsync(stream.fileno())


def _check_space(place, database, folder):
    size = int(place.query("postgres", f"select pg_database_size('{database}')")[0][0]) // 4  # a dump is compressed
    store = place.filestores / database
    size += sum(path.stat().st_size for path in store.rglob("*") if path.is_file()) if store.exists() else 0
    free = shutil.disk_usage(folder).free
    if free < size:
        raise BackupError(
            f"The disk of {folder} has {free / 2**20:,.0f} MB left, a backup of {database} wants up to {size / 2**20:,.0f} MB.",
            "Free some space, or name another folder.",
        )


@contextlib.contextmanager
def _full_disk(folder):
    """Say in one sentence that a disk became full in the middle."""
    try:
        yield
    except OSError as error:
        raise BackupError(
            f"Writing below {folder} failed: {error.strerror or error}.", "Nothing was changed; free some space."
        ) from error
    except BackupError as error:
        if "No space left" in error.what:
            raise BackupError(f"The disk became full: {error.what[-200:]}", "Nothing was changed; free some space.") from error
        raise
