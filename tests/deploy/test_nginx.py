"""nginx reads our configuration without a complaint."""

import contextlib
import http.server
import json
import os
import re
import shutil
import subprocess
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from conftest import free_port

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


def written(folder, proxies="", port=18099, upstream=8069):
    """Write the configuration as it is, with addresses of this machine; ``proxies`` in the place of proxies.conf."""
    text = re.sub(r"server odoo:8069", f"server 127.0.0.1:{upstream}", CONF.read_text())
    text = re.sub(r"server odoo:", "server 127.0.0.1:", text)  # outside of the network the service has no name
    text = text.replace("/tmp/nginx", f"{folder}/nginx").replace("listen 80 ", f"listen 127.0.0.1:{port} ")
    (folder / "nginx.conf").write_text(text)
    (folder / "proxies.conf").write_text(proxies or (CONF.parent / "proxies.conf").read_text())
    (folder / "mime.types").write_text("types { text/html html; text/css css; application/javascript js; }\n")
    return folder / "nginx.conf"


def test_configuration_is_valid(nginx, tmp_path):
    conf = written(tmp_path)
    done = subprocess.run([nginx, "-t", "-p", tmp_path, "-c", conf], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr, done.stderr


class Echo(http.server.BaseHTTPRequestHandler):
    """In the place of Odoo: says which headers came."""

    def do_GET(self):
        body = json.dumps(dict(self.headers)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        """Say nothing."""


@contextlib.contextmanager
def served(nginx, folder, proxies=""):
    """Run nginx before an echo; yield a function that returns the headers that Odoo would get."""
    echo, port = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo), free_port()
    threading.Thread(target=echo.serve_forever, daemon=True).start()
    conf = written(folder, proxies, port, echo.server_port)
    command = [nginx, "-p", folder, "-c", conf, "-g", "daemon off; user root;" if os.geteuid() == 0 else "daemon off;"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def ask(**headers):
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/", headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        until = time.monotonic() + 20
        while True:
            try:
                return json.load(opener.open(request, timeout=5))
            except OSError:
                assert process.poll() is None and time.monotonic() < until
                time.sleep(0.1)

    try:
        yield ask
    finally:
        process.terminate()
        process.wait(10)
        echo.shutdown()
        echo.server_close()


def test_nobody_says_himself_where_he_is(nginx, tmp_path):
    """The address that is kept with a signature is the client's own, whatever it sends."""
    with served(nginx, tmp_path) as ask:
        got = ask(X_Forwarded_For="203.0.113.9", X_Forwarded_Proto="https")
    assert (got["X-Forwarded-For"], got["X-Forwarded-Proto"]) == ("127.0.0.1", "http")


def test_a_named_proxy_says_where_the_client_is(nginx, tmp_path):
    """A proxy that ends TLS, named in proxies.conf: the signer's address is kept, not the proxy's."""
    named = (CONF.parent / "proxies.conf").read_text()
    named = named.replace("default 0;", "default 0;\n    127.0.0.0/8 1;") + "set_real_ip_from 127.0.0.0/8;\n"
    with served(nginx, tmp_path, named) as ask:
        got = ask(X_Forwarded_For="198.51.100.1, 203.0.113.9", X_Forwarded_Proto="https")
        assert (got["X-Forwarded-For"], got["X-Forwarded-Proto"]) == ("203.0.113.9", "https")
        assert ask(X_Forwarded_Proto="javascript")["X-Forwarded-Proto"] == "http"


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
