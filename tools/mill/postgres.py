"""PostgreSQL clusters of our own: `run` keeps people's data with durable settings, `test` throws its data away and
is fast.

A cluster listens on a unix socket only, and only the operating system's users named in pg_ident may connect. `PG*`
variables put an existing
server in the place of both.
"""

import functools
import getpass
import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path

from . import paths, postgres_binaries
from .console import Problem, complain, say
from .pins import digest
from .shell import check_disk, is_root, run, succeeds

COMMON = """
listen_addresses = ''                 # the unix socket only
unix_socket_directories = '{socket}'
shared_buffers = 256MB
max_connections = 100
max_locks_per_transaction = 256       # taking all addons out drops each of their tables in one transaction
jit = off
"""
FAST = """
fsync = off                           # data that may be thrown away
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 2GB
checkpoint_timeout = 30min
autovacuum_naptime = 5min
"""
DURABLE = """
fsync = on                            # people's data
synchronous_commit = on
full_page_writes = on
max_wal_size = 1GB
"""
ADMIN = "postgres"
OWNER = "odoo"
SECRET_ROLE = "paper_container"


class Cluster:
    """One PostgreSQL cluster below `.local` (or where the user `postgres` can reach it)."""

    external = False
    owner = OWNER

    def __init__(self, name, settings):
        self.name = name
        self.settings = settings
        identifier = digest(str(paths.LOCAL.resolve()))[:8]
        self.socket = Path(f"/tmp/.paper-{identifier}-{name}")  # a socket's path has at most 107 bytes: not below .local
        self._elsewhere = Path(f"/var/lib/postgresql/paper-{identifier}-{name}")
        self._here = paths.LOCAL / "pg" / name

    @property
    def host(self):
        return str(self.socket)

    @functools.cached_property
    def programs(self):
        return postgres_binaries.ensure()

    @functools.cached_property
    def base(self):
        """The folder of this cluster; not under `.local` when the user `postgres` cannot walk to it (a project in
        root's home)."""
        if not is_root():
            self._here.mkdir(parents=True, exist_ok=True)
            return self._here
        if self._elsewhere.exists():
            return self._elsewhere
        _ensure_postgres_user()
        for folder in (self._here, self._elsewhere):
            folder.mkdir(parents=True, exist_ok=True)
            shutil.chown(folder, "postgres", "postgres")
            folder.chmod(0o750)
            if succeeds(["runuser", "-u", "postgres", "--", "test", "-w", str(folder)], cwd="/"):
                return folder
            folder.rmdir()
        raise Problem(
            "No folder was found in which the user postgres can keep a cluster.",
            f"Make {self._elsewhere} writable for it.",
        )

    @property
    def data(self):
        return self.base / "data"

    def _do(self, program, *args, what):
        return run([self.programs / program, *args], as_user="postgres", what=what, cwd="/")

    def answers(self):
        return self.socket.exists() and succeeds([self.programs / "pg_isready", "-q", "-h", self.socket])

    def start(self):
        """Start the cluster, making it first if need be; return whether it had to be started."""
        ready = self.base / ".ready"
        # The test cluster is made anew when its settings or access rules changed; people's data stays as it is.
        outdated = self.name == "test" and ready.exists() and ready.read_text() != self._recipe()
        if outdated or not ready.exists() or not (self.data / "PG_VERSION").exists():
            self._create()
        if self.answers():
            return False
        check_disk()
        self._clear_stale_lock()
        self.socket.mkdir(mode=0o755, exist_ok=True)
        if is_root():
            shutil.chown(self.socket, "postgres", "postgres")
        log = self.base / "log"
        try:
            self._do(
                "pg_ctl",
                "-D",
                self.data,
                "-l",
                log,
                "-w",
                "-s",
                "-t",
                "120",
                "start",
                what=f"starting PostgreSQL ({self.name})",
            )
        except Problem as problem:
            tail = "\n      ".join(log.read_text(errors="replace").splitlines()[-6:]) if log.exists() else ""
            raise Problem(f"{problem.what}\n      {tail}", f"The cluster is in {self.base}.") from None
        self._ensure_roles()
        return True

    def stop(self):
        """Stop the cluster if it runs."""
        if self.answers():
            self._do("pg_ctl", "-D", self.data, "-m", "fast", "-w", "-s", "stop", what=f"stopping PostgreSQL ({self.name})")

    def _create(self):
        version = self.programs.parent.name
        say(f"PostgreSQL cluster for {self.name} ({version if version.isdigit() else 'from a wheel'})")
        check_disk()
        if self.data.exists():  # a set-up that was broken off before .ready
            if self.answers():
                self.stop()
            if self.name == "test":
                shutil.rmtree(self.data)
            else:  # never delete what might be people's data
                self.data.rename(self.base / f"data.put-aside-{time.strftime('%Y%m%d-%H%M%S')}")
        self._do("initdb", "-D", self.data, "-U", ADMIN, "-E", "UTF8", "--locale=C.UTF-8", "-A", "peer", "-N", what="initdb")
        users = {getpass.getuser(), os.environ.get("ODOO_USER") or getpass.getuser()}
        idents = "".join(f"project {user} {OWNER}\nproject {user} {ADMIN}\n" for user in sorted(users))
        # In the test cluster one role has a password, so that the way of a container's secret file can be tried.
        secret = f"local all {SECRET_ROLE} scram-sha-256\n" if self.name == "test" else ""
        self._write("pg_hba.conf", secret + "local all all peer map=project\n")
        self._write("pg_ident.conf", f"{idents}project postgres {ADMIN}\n")
        settings = (COMMON + self.settings).format(socket=self.socket)
        self._write("postgresql.conf", (self.data / "postgresql.conf").read_text() + settings)
        (self.base / ".ready").write_text(self._recipe())

    def _recipe(self):
        return digest(COMMON, self.settings, SECRET_ROLE)

    def _write(self, name, text):
        path = self.data / name
        owner = path.stat()
        path.write_text(text)
        if is_root():
            os.chown(path, owner.st_uid, owner.st_gid)

    def _clear_stale_lock(self):
        """A container that was killed leaves postmaster.pid behind; its number may meanwhile be another program's."""
        lock = self.data / "postmaster.pid"
        try:
            command = Path(f"/proc/{int(lock.read_text().split()[0])}/cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            command = b""
        if lock.exists() and str(self.data).encode() not in command:
            lock.unlink()

    def _ensure_roles(self):
        for _attempt in range(50):
            if self.answers():
                break
            time.sleep(0.1)
        if not self.query("postgres", "select 1 from pg_roles where rolname = 'odoo'"):
            self.execute("postgres", f"create role {OWNER} login createdb")

    def query(self, database, sql, user=ADMIN):
        """Return the rows that a statement gives, as lists of text."""
        out = self._psql(database, sql, user)
        return [line.split("\t") for line in out.splitlines()]

    def execute(self, database, sql, user=ADMIN):
        """Run a statement."""
        self._psql(database, sql, user)

    def environment(self):
        """Return the PG* variables with which PostgreSQL's own programs reach the cluster."""
        return {**os.environ, "PGHOST": self.host, "PGUSER": ADMIN, "PGOPTIONS": "-c client_min_messages=warning"}

    def _psql(self, database, sql, user):
        env = {**self.environment(), "PGUSER": user}
        program = self.programs / "psql" if self.programs else "psql"
        done = subprocess.run(
            [program, "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            check_disk()
            raise Problem(f"PostgreSQL refused «{sql[:120]}»: {done.stderr.strip()[-300:]}")
        return done.stdout


class Server(Cluster):
    """A server that the user names with PG* variables: we neither start nor stop it."""

    external = True

    def __init__(self, name):
        super().__init__(name, "")
        self.owner = os.environ.get("PGUSER") or getpass.getuser()

    @property
    def host(self):
        return os.environ["PGHOST"]

    def answers(self):
        try:
            return bool(self.query("postgres", "select 1"))
        except Problem:
            return False

    def start(self):
        if not self.answers():
            raise Problem(
                f"The PostgreSQL server that PG* names (PGHOST={self.host}) does not answer as {self.owner}.",
                "Start it, correct PGHOST, PGPORT, PGUSER or PGPASSWORD, or unset PGHOST and use our own cluster.",
            )
        return False

    def stop(self):
        """Not ours to stop."""

    def environment(self):
        return {**os.environ, "PGUSER": self.owner}

    def _psql(self, database, sql, user):
        return super()._psql(database, sql, self.owner)


def _ensure_postgres_user():
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        run(
            [
                "useradd",
                "--system",
                "--user-group",
                "--home-dir",
                "/nonexistent",
                "--shell",
                "/usr/sbin/nologin",
                "postgres",
            ],
            what="useradd postgres",
        )


@functools.cache
def cluster(name):
    """Return the cluster `run` (durable) or `test` (fast), or the server that PG* names in the place of both."""
    if os.environ.get("PGHOST"):
        complain(f"using the PostgreSQL server of PGHOST={os.environ['PGHOST']}")
        return Server(name)
    return Cluster(name, {"run": DURABLE, "test": FAST}[name])
