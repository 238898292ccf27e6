"""odoo.conf from the templates of config/odoo, and the launcher `.local/bin/odoo`."""

import os
import string

from . import clock, paths, system_packages
from .postgres import cluster

LAUNCHER = """#!/bin/sh
# Byte code: a server is ready in 3 s instead of 9 s. PATH: the patched wkhtmltopdf comes before any other.
unset PYTHONDONTWRITEBYTECODE PYTHONPATH
export PATH="{bin}:{venv}/bin:$PATH" ODOO_RC="${{ODOO_RC:-{conf}}}"
exec "{python}" "{venv}/bin/odoo" "$@"
"""
# The first name under which Odoo's tests look for a browser: the people in front of it are at the mill.
BROWSER = """#!/bin/sh
TZ={zone} exec "{program}" "$@"
"""


def data_dir(name):
    """Return the folder of filestores and sessions that goes with a cluster."""
    return paths.LOCAL / "data" / name


def conf(name):
    return paths.LOCAL / f"odoo-{name}.conf"


def ensure(name):
    """Write `.local/odoo-<run|test>.conf` and the launcher; return the file."""
    server = cluster(name)
    template = string.Template((paths.CONFIG / "odoo" / {"run": "dev.conf", "test": "test.conf"}[name]).read_text())
    data_dir(name).mkdir(parents=True, exist_ok=True)
    text = template.substitute(db_host=server.host, db_user=server.owner, data_dir=data_dir(name), addons_path=paths.ADDONS)
    if server.external:  # a socket of our own needs neither
        text += "".join(
            f"{option} = {os.environ[variable]}\n"
            for option, variable in (("db_port", "PGPORT"), ("db_password", "PGPASSWORD"))
            if os.environ.get(variable)
        )
    _write(conf(name), text, 0o600)
    script = LAUNCHER.format(bin=paths.BIN, venv=paths.VENV, conf=conf("run"), python=paths.PYTHON)
    _write(paths.LAUNCHER, script, 0o755)
    program = system_packages.installed_browser()
    if program:
        _write(paths.BIN / system_packages.BROWSERS[0], BROWSER.format(zone=clock.ZONE, program=program), 0o755)
    return conf(name)


def _write(path, text, mode):
    if path.exists() and path.read_text() == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text)
    fresh.chmod(mode)
    fresh.rename(path)


def environment(name):
    """Return the environment in which Odoo's programs are called."""
    env = {key: value for key, value in os.environ.items() if key not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")}
    env["ODOO_RC"] = str(conf(name))
    env["PATH"] = f"{paths.BIN}:{paths.VENV / 'bin'}:{env.get('PATH', '')}"
    return env
