"""The container's entrypoint, run without a container: on the private PostgreSQL, with the password in a secret file."""

import configparser
import os
import signal
import stat
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENTRYPOINT = ROOT / "docker" / "entrypoint.sh"


@pytest.fixture
def environment(tmp_path):
    if "DEPLOY_PASSWORD" not in os.environ:
        pytest.skip("needs ./mill test with a PostgreSQL of its own (PGHOST names another server)")
    database = os.environ["DEPLOY_DATABASE"]
    secret = tmp_path / "db_password"
    secret.write_text(os.environ["DEPLOY_PASSWORD"] + "\n")
    state = tmp_path / "state"
    (state / "filestore").mkdir(parents=True)
    (state / "filestore" / database).symlink_to(os.environ["DEPLOY_FILESTORE"])
    left = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "ODOO_RC"))}
    venv = Path(os.environ["DEPLOY_LOCAL"]) / "venv" / "bin"
    return {
        **left,
        "PATH": f"{Path(os.environ['DEPLOY_LOCAL']) / 'bin'}:{venv}:{left['PATH']}",
        "DB_HOST": os.environ["DEPLOY_HOST"],
        "DB_USER": os.environ["DEPLOY_USER"],
        "DB_NAME": database,
        "DB_PASSWORD_FILE": str(secret),
        "PAPER_ADDONS": os.environ["DEPLOY_ADDONS"],
        "PAPER_CONF_TEMPLATE": str(ROOT / "config" / "odoo" / "production.conf"),
        "PAPER_STATE": str(state),
        "HTTP_PORT": os.environ["DEPLOY_PORT"],
        "GEVENT_PORT": str(int(os.environ["DEPLOY_PORT"]) + 50),
        "WORKERS": "1",
        "CRON_THREADS": "0",
        "LOG_LEVEL": "warn",
        "DB_TIMEOUT": "5",
    }


def call(environment, *args):
    return subprocess.run([ENTRYPOINT, *args], env=environment, capture_output=True, text=True, timeout=60, check=False)


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
        assert os.environ["DEPLOY_PASSWORD"] not in command
        assert os.environ["DEPLOY_PASSWORD"] not in log.read_text()
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
    assert options["db_password"] == os.environ["DEPLOY_PASSWORD"]
    assert options["proxy_mode"] == "True" and options["list_db"] == "False"
    assert len(options["admin_passwd"]) >= 24, "no admin password given: a random one, never the default"
    assert "db_replica_host" not in options


def test_replica_is_named_when_given(environment):
    assert call({**environment, "DB_REPLICA_HOST": "db-replica"}, "true").returncode == 0
    assert "db_replica_host = db-replica" in (Path(environment["PAPER_STATE"]) / "odoo.conf").read_text()


def test_wrong_password_is_one_sentence(environment, tmp_path):
    (tmp_path / "db_password").write_text("wrong\n")
    done = call(environment, "serve")
    assert done.returncode != 0
    assert "does not let" in done.stderr and "Traceback" not in done.stderr


def test_missing_and_double_secrets_are_refused(environment):
    missing = call({**environment, "DB_PASSWORD_FILE": "/nowhere"}, "true")
    assert missing.returncode and "cannot be read" in missing.stderr
    double = call({**environment, "DB_PASSWORD": "x"}, "true")
    assert double.returncode and "both DB_PASSWORD and DB_PASSWORD_FILE" in double.stderr
