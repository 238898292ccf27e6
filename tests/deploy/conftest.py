"""A PostgreSQL of its own for the container's scripts: made by the official image's rules, with docker/postgres/10-roles.sh."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PASSWORD, REPLICATION = "only-for-tests", "only-for-tests-of-the-replica"
ADMIN = "a-long-word-of-the-mill"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """A primary as the image makes it: local connections are trusted, those by the network need a password."""

    def __init__(self, folder, programs):
        self.folder, self.programs, self.port, self.user = folder, programs, free_port(), "postgres"
        self.data = folder / "data"
        folder.chmod(0o755)
        self.secrets = {}
        for name, word in (("db_password", PASSWORD), ("db_replication_password", REPLICATION), ("admin_password", ADMIN)):
            self.secrets[name] = folder / name
            self.secrets[name].write_text(word + "\n")
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        self.call("initdb", "-D", self.data, "-U", "postgres", "--encoding=UTF8", "--locale=C.UTF-8", "-N",
                  "--auth-local=trust", "--auth-host=scram-sha-256")  # fmt: skip
        self.start("-c", "wal_level=replica", "-c", "max_wal_senders=5", "-c", "max_replication_slots=5")
        subprocess.run(
            ["bash", ROOT / "docker" / "postgres" / "10-roles.sh"],
            env={
                **os.environ,
                "PATH": f"{programs}:{os.environ['PATH']}",
                "PGHOST": str(folder),
                "PGPORT": str(self.port),
                "PGDATA": str(self.data),
                "DB_PASSWORD_FILE": str(self.secrets["db_password"]),
                "DB_REPLICATION_PASSWORD_FILE": str(self.secrets["db_replication_password"]),
            },
            check=True,
            capture_output=True,
        )
        self.call("pg_ctl", "-D", self.data, "-s", "reload")

    def call(self, program, *args, **given):
        own = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        done = subprocess.run(
            [*own, str(self.programs / program), *map(str, args)], cwd="/", capture_output=True, text=True, check=False, **given
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, *options):
        words = " ".join(
            ["-k", str(self.folder), "-p", str(self.port), "-c listen_addresses=127.0.0.1", "-c fsync=off", *options]
        )
        # Not by a pipe: the server keeps what it inherits open.
        own = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [
            *own,
            str(self.programs / "pg_ctl"),
            "-D",
            str(self.data),
            "-l",
            str(self.folder / "log"),
            "-w",
            "-s",
            "-o",
            words,
        ]
        subprocess.run([*command, "start"], cwd="/", check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self):
        self.call("pg_ctl", "-D", self.data, "-m", "immediate", "-s", "stop")

    def query(self, sql, database="postgres"):
        where = ["-h", self.folder, "-p", self.port, "-U", "postgres", "-d", database]
        return self.call("psql", "-XqAt", *where, "-v", "ON_ERROR_STOP=1", "-c", sql).splitlines()


@pytest.fixture(scope="session")
def postgres():
    if not os.environ.get("DEPLOY_PROGRAMS"):
        pytest.skip("needs ./mill test with a PostgreSQL of its own (PGHOST names another server)")
    folder = Path(tempfile.mkdtemp(prefix="paper-deploy-", dir="/tmp"))
    cluster = Cluster(folder, Path(os.environ["DEPLOY_PROGRAMS"]))
    yield cluster
    cluster.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def mill(postgres, tmp_path_factory):
    """The variables of a container of Odoo that belongs to this PostgreSQL."""
    state = tmp_path_factory.mktemp("state")
    left = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "ODOO_RC"))}
    local = Path(os.environ["DEPLOY_LOCAL"])
    programs = tmp_path_factory.mktemp("programs")  # as the Dockerfile lays them
    for path in (ROOT / "tools/mill/backups.py", ROOT / "docker/backup.py", ROOT / "docker/mill_database.py"):
        shutil.copy(path, programs)
    return {
        **left,
        "PATH": f"{local / 'bin'}:{local / 'venv' / 'bin'}:{postgres.programs}:{left['PATH']}",
        "DB_HOST": "127.0.0.1",
        "DB_PORT": str(postgres.port),
        "DB_USER": "odoo",
        "DB_NAME": "mill",
        "DB_PASSWORD_FILE": str(postgres.secrets["db_password"]),
        "ADMIN_PASSWORD_FILE": str(postgres.secrets["admin_password"]),
        "PAPER_ADDONS": os.environ["DEPLOY_ADDONS"],
        "PAPER_PROGRAMS": str(programs),
        "PAPER_BACKUP_FOLDER": str(tmp_path_factory.mktemp("backups")),
        "PAPER_CONF_TEMPLATE": str(ROOT / "config" / "odoo" / "production.conf"),
        "PAPER_STATE": str(state),
        "HTTP_PORT": os.environ["DEPLOY_PORT"],
        "GEVENT_PORT": str(int(os.environ["DEPLOY_PORT"]) + 50),
        "WORKERS": "1",
        "CRON_THREADS": "0",
        "LOG_LEVEL": "warn",
        "DB_TIMEOUT": "5",
    }
