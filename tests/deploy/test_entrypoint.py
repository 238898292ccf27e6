"""The container's entrypoint, run without a container: from init to restore, on a PostgreSQL made as the image makes it."""

import configparser
import os
import signal
import stat
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest
from conftest import ADMIN, PASSWORD, free_port
from passlib.context import CryptContext

ROOT = Path(__file__).resolve().parents[2]
ENTRYPOINT = ROOT / "docker" / "entrypoint.sh"


def call(environment, *args):
    return subprocess.run([ENTRYPOINT, *args], env=environment, capture_output=True, text=True, timeout=180, check=False)


@pytest.fixture(scope="module")
def environment(mill):
    """A mill that was made by init; of one module, so that it does not take minutes."""
    done = call(mill, "init", "base")
    assert done.returncode == 0, done.stderr
    return mill


def password_is(postgres, environment, word):
    kept = postgres.query("select password from res_users where login = 'admin'", environment["DB_NAME"])[0]
    return CryptContext(["pbkdf2_sha512"]).verify(word, kept)


def test_init_makes_what_odoo_may_not(postgres, environment):
    """The extensions come from template1; without them Odoo leaves trigram indexes out in silence."""
    assert postgres.query("select rolsuper from pg_roles where rolname = 'odoo'") == ["f"]
    there = postgres.query("select extname from pg_extension", environment["DB_NAME"])
    assert {"pg_trgm", "unaccent", "btree_gist"} <= set(there)
    sql = "select provolatile from pg_proc where proname = 'unaccent' and pronargs = 1"
    assert postgres.query(sql, environment["DB_NAME"]) == ["i"]
    # As the role of Odoo itself makes them; without the extensions it does not even try.
    index = "set role odoo; create index on res_partner using gin (unaccent(comment) gin_trgm_ops)"
    postgres.query(index, environment["DB_NAME"])


def test_the_administrator_has_his_own_password(postgres, environment):
    assert password_is(postgres, environment, ADMIN)
    assert not password_is(postgres, environment, "admin")


def test_a_second_init_changes_no_password(postgres, environment, tmp_path):
    other = tmp_path / "admin_password"
    other.write_text("another-long-word\n")
    assert call({**environment, "ADMIN_PASSWORD_FILE": str(other)}, "init", "base").returncode == 0
    assert password_is(postgres, environment, ADMIN)


def test_nothing_is_served_while_everybody_knows_the_password(postgres, environment):
    name = environment["DB_NAME"]
    before = postgres.query("select password from res_users where login = 'admin'", name)[0]
    postgres.query("update res_users set password = 'admin' where login = 'admin'", name)
    try:
        done = call(environment, "serve")
        assert done.returncode != 0 and "everybody can log in as admin" in done.stderr and "Traceback" not in done.stderr
    finally:
        postgres.query(f"update res_users set password = '{before}' where login = 'admin'", name)


def test_pdfs_fetch_their_styles_inside(postgres, environment):
    kept = postgres.query("select value from ir_config_parameter where key = 'report.url'", environment["DB_NAME"])
    assert kept == [f"http://127.0.0.1:{environment['HTTP_PORT']}"]


def test_init_without_a_password_is_refused(mill, tmp_path):
    left = {key: value for key, value in mill.items() if key != "ADMIN_PASSWORD_FILE"}
    done = call(left, "init", "base")
    assert done.returncode and "needs the administrator's password" in done.stderr
    (tmp_path / "short").write_text("admin\n")
    done = call({**left, "ADMIN_PASSWORD_FILE": str(tmp_path / "short")}, "init", "base")
    assert done.returncode and "less than 12" in done.stderr


def test_a_mill_that_is_not_there_is_not_served(mill):
    done = call({**mill, "DB_NAME": "nowhere"}, "serve")
    assert done.returncode and "there is no database nowhere" in done.stderr


def test_a_server_without_the_extensions_is_named(postgres, mill):
    postgres.query("create database bare owner odoo template template0")
    done = call({**mill, "DB_NAME": "bare"}, "init", "base")
    assert done.returncode and "lacks pg_trgm, unaccent, btree_gist" in done.stderr and "superuser" in done.stderr


def test_upgrade_writes_a_backup_first(environment):
    done = call(environment, "upgrade")
    assert done.returncode == 0, done.stderr
    assert "restored beside, and compared" in done.stdout
    assert call(environment, "backed-up").returncode == 0


def test_no_backup_no_upgrade(environment):
    done = call({**environment, "PAPER_BACKUP_FOLDER": "/proc/nowhere"}, "upgrade")
    assert done.returncode and "nothing was changed" in done.stderr
    assert call({**environment, "PAPER_BACKUP_FOLDER": "/tmp"}, "backed-up").returncode != 0


def test_loss_and_restore_twice(postgres, environment):
    """What is there when a restore begins is kept under a name of its own, each time."""
    name = environment["DB_NAME"]
    assert call(environment, "backup").returncode == 0
    postgres.query("create table loss (id int); insert into loss values (1)", name)
    for _time in range(2):
        done = call(environment, "restore")
        assert done.returncode == 0, done.stderr
        assert postgres.query("select to_regclass('loss')", name) == [""]
    kept = postgres.query("select datname from pg_database where datname like 'mill_before%' order by 1")
    assert len(kept) == 2
    assert postgres.query("select id from loss", kept[0]) == ["1"]
    assert not postgres.query("select datname from pg_database where datname like '%_new_%' or datname like '%_try_%'")


def test_a_replica_goes_on_where_it_stopped(postgres):
    """The primary keeps for the slot what the replica has not had yet."""
    assert postgres.query("select slot_name, active from pg_replication_slots") == ["replica|f"]
    folder = postgres.folder / "replica"
    settings = {
        "PATH": f"{postgres.programs}:{os.environ['PATH']}",
        "DB_HOST": "127.0.0.1",
        "PGPORT": str(postgres.port),
        "DB_REPLICATION_PASSWORD_FILE": str(postgres.secrets["db_replication_password"]),
        "REPLICA_DATA": str(folder),
    }
    own = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    script = postgres.folder / "replica.sh"  # a place that the user postgres can walk to
    script.write_text((ROOT / "docker" / "postgres" / "replica.sh").read_text())
    script.chmod(0o755)
    command = [*own, "bash", script, "-p", str(free_port()), "-k", postgres.folder, "-c", "listen_addresses="]
    with open(postgres.folder / "replica.log", "w") as log:
        for text in ("one", "two"):
            replica = subprocess.Popen(
                list(map(str, command)), env={**os.environ, **settings}, stdout=log, stderr=log, cwd="/", start_new_session=True
            )
            try:
                until = time.time() + 120
                # The copy itself holds the slot, too: the replica follows once it is its own server that asks.
                following = "select count(*) from pg_stat_replication where application_name = 'walreceiver'"
                while postgres.query(following) != ["1"]:
                    assert replica.poll() is None and time.time() < until, (postgres.folder / "replica.log").read_text()
                    time.sleep(0.2)
            finally:
                os.killpg(replica.pid, signal.SIGINT)
                replica.wait(120)
            postgres.query(f"create table after_{text} (id int)")
    kept = postgres.query("select restart_lsn is not null, wal_status from pg_replication_slots")
    assert kept == ["t|reserved"]


def test_serves_with_a_secret_file(environment, tmp_path):
    log = tmp_path / "log"
    with open(log, "w") as stream:
        server = subprocess.Popen([ENTRYPOINT, "serve"], env=environment, stdout=stream, stderr=stream, start_new_session=True)
    try:
        url = f"http://127.0.0.1:{environment['HTTP_PORT']}/web/health"
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        until = time.time() + 60
        while True:
            assert server.poll() is None, log.read_text()
            try:
                assert opener.open(url, timeout=10).status == 200
                break
            except OSError:
                assert time.time() < until, log.read_text()
                time.sleep(0.3)
        assert call(environment, "healthy").returncode == 0
        command = Path(f"/proc/{server.pid}/cmdline").read_text()
        assert PASSWORD not in command
        assert PASSWORD not in log.read_text()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
    assert call(environment, "healthy").returncode != 0


def test_configuration_is_private_and_complete(environment):
    assert call(environment, "true").returncode == 0
    path = Path(environment["PAPER_STATE"]) / "odoo.conf"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    conf = configparser.RawConfigParser()
    conf.read(path)
    options = conf["options"]
    assert options["db_password"] == PASSWORD
    assert options["proxy_mode"] == "True" and options["list_db"] == "False"
    assert len(options["admin_passwd"]) >= 24, "a random one, never the default"
    assert "db_replica_host" not in options


def test_replica_is_named_when_given(environment):
    assert call({**environment, "DB_REPLICA_HOST": "db-replica"}, "true").returncode == 0
    assert "db_replica_host = db-replica" in (Path(environment["PAPER_STATE"]) / "odoo.conf").read_text()


def test_wrong_password_is_one_sentence(environment, tmp_path):
    (tmp_path / "db_password").write_text("wrong\n")
    done = call({**environment, "DB_PASSWORD_FILE": str(tmp_path / "db_password")}, "serve")
    assert done.returncode != 0
    assert "does not let" in done.stderr and "Traceback" not in done.stderr


def test_missing_and_double_secrets_are_refused(environment):
    missing = call({**environment, "DB_PASSWORD_FILE": "/nowhere"}, "true")
    assert missing.returncode and "cannot be read" in missing.stderr
    double = call({**environment, "DB_PASSWORD": "x"}, "true")
    assert double.returncode and "both DB_PASSWORD and DB_PASSWORD_FILE" in double.stderr
