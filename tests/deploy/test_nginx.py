"""nginx reads our configuration without a complaint."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

CONF = Path(__file__).resolve().parents[2] / "docker" / "nginx" / "nginx.conf"


def program():
    """Return an nginx: the machine's, or Debian's package unpacked (not installed: it would start a server)."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if found:
        return found
    folder = Path(os.environ.get("DEPLOY_LOCAL", "/nowhere")) / "nginx"
    unpacked = folder / "usr" / "sbin" / "nginx"
    if not unpacked.exists() and folder.parent.exists() and shutil.which("apt-get"):
        folder.mkdir(exist_ok=True)
        subprocess.run(["apt-get", "-qq", "download", "nginx"], cwd=folder, capture_output=True, check=False)
        for deb in folder.glob("nginx_*.deb"):
            subprocess.run(["dpkg-deb", "-x", deb, folder], check=True)
    return str(unpacked) if unpacked.exists() else None


@pytest.fixture
def nginx():
    found = program()
    if not found:
        pytest.skip("no nginx on this machine, and apt cannot fetch the package")
    return found


def test_configuration_is_valid(nginx, tmp_path):
    text = re.sub(r"server odoo:", "server 127.0.0.1:", CONF.read_text())  # outside of the network the service has no name
    text = text.replace("/tmp/nginx", f"{tmp_path}/nginx").replace("listen 80 ", "listen 127.0.0.1:18099 ")
    (tmp_path / "nginx.conf").write_text(text)
    (tmp_path / "mime.types").write_text("types { text/html html; text/css css; application/javascript js; }\n")
    done = subprocess.run(
        [nginx, "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr, done.stderr


def test_what_odoo_needs_is_there():
    text = CONF.read_text()
    for line in (
        "X-Forwarded-Host",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "X-Real-IP",
        "Upgrade $http_upgrade",
        "location /websocket",
        "gzip on",
        "client_max_body_size",
        "location /web/database",
    ):
        assert line in text, line
