"""Calling Odoo's own programs: installing, shells, servers."""

import contextlib
import fcntl
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import configuration, paths
from .console import Problem, doing
from .shell import check_disk

LOADING = re.compile(r" odoo\.modules\.loading: Loading module (\S+) \((\d+/\d+)\)")
LINE = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (?P<level>[A-Z]+) (?P<db>\S+) (?P<logger>\S+): (?P<message>.*)$")


def call(where, args, log, stdin=None):
    """Run `odoo ARGS` to its end with everything it prints in a log file; return its exit code."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        open(log, "w") as stream,
        _killing(
            subprocess.Popen(
                [paths.LAUNCHER, *map(str, args)],
                stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                text=True,
                env=configuration.environment(where),
                cwd=paths.LOCAL,
                start_new_session=True,
            )
        ) as process,
    ):
        process.communicate(stdin)
    return process.returncode


@contextlib.contextmanager
def _killing(process):
    """Take a program and its children along when we are stopped."""
    try:
        yield process
    finally:
        stop(process)


def stop(process, patience=15):
    """End a program that was started in a session of its own: politely, then not."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            break
        with contextlib.suppress(ProcessLookupError):
            if number == signal.SIGKILL:
                os.killpg(process.pid, number)
            else:
                process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGTERM)  # a browser or wkhtmltopdf that outlived it


SENTINEL = "--- the code ran to its end ---"


def shell(where, database, code, log):
    """Run Python code in `odoo shell` on a database; raise a Problem when it does not run to its end."""
    check_shell(database, call(where, _shell(database), log, stdin=_program(code)), log)


def start_shell(where, database, code, log):
    """Start Python code in `odoo shell` in the background; return its process."""
    with tempfile.TemporaryFile("w+") as program:
        program.write(_program(code))
        program.seek(0)
        return _start(where, _shell(database), log, program)


def check_shell(database, returned, log):
    """Raise a Problem when the code of a shell did not run to its end."""
    if returned or SENTINEL not in log.read_text(errors="replace"):
        raise Problem(
            f"Odoo's shell failed on {database}:\n      " + "\n      ".join(log.read_text(errors="replace").splitlines()[-8:]),
            f"The whole log: {paths.shown(log)}",
        )


def _shell(database):
    return ["shell", "-d", database, "--no-http", "--log-level=warn"]


def _program(code):
    """`odoo shell` reads its input as one program; hand the code over so that an exception ends it."""
    return f"exec(compile({code!r}, 'mill', 'exec'), globals())\nprint({SENTINEL!r}, flush=True)\n"


def install(where, database, modules, log, *extra):
    """Install modules into a database; raise a Problem with the log's last errors when that fails."""
    # Which module is being loaded is all that is said of a good installation.
    levels = ["--log-level=warn", "--log-handler=odoo.modules.loading:INFO"]
    args = ["-d", database, "-i", ",".join(sorted(modules)), "--stop-after-init", "--no-http", *levels, *extra]
    with doing(lambda: loading(log)):
        code = call(where, args, log)
    if code:
        check_disk()
        raise Problem(
            f"Installing {', '.join(sorted(modules))} failed:\n      " + "\n      ".join(errors(log)),
            f"The whole log: {paths.shown(log)}",
        )


def loading(log):
    """Return which module an installation is at, in words; empty before the first."""
    found = LOADING.findall(log.read_text(errors="replace")) if log.exists() else []
    return f"module {found[-1][1]}: {found[-1][0]}" if found else "Odoo starts"


def errors(log, most=12):
    """Return the last lines of a log from its last error on."""
    lines = log.read_text(errors="replace").splitlines()
    starts = [i for i, line in enumerate(lines) if (m := LINE.match(line)) and m["level"] in ("ERROR", "CRITICAL")]
    block = lines[starts[-1] :] if starts else lines
    return block[:2] + ["..."] + block[-most:] if len(block) > most + 2 else block


def free_port(first=18000, last=18099):
    """Return a port of 127.0.0.1 that nobody listens on, and that no other program of ours has been given."""
    for port in range(first, last + 1):
        if port not in _given and port_is_free(port) and _reserve(port):
            return port
    raise Problem(f"None of the ports {first} to {last} is free.", "Stop what listens there.")


# port -> its lock: a server listens only after its database was copied, until then nobody else may be given the port.
_given = {}


def _reserve(port):
    """Take a port for as long as this program runs; return whether nobody else on this machine has it."""
    lock = Path(tempfile.gettempdir(), f"paper-mill-port-{os.getuid()}-{port}.lock").open("a")  # noqa: SIM115
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return False
    _given[port] = lock
    return True


def port_is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def serve(where, args, log):
    """Start a server in the background; return its process."""
    return _start(where, args, log, subprocess.DEVNULL)


def _start(where, args, log, stdin):
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w") as stream:
        return subprocess.Popen(
            [paths.LAUNCHER, *map(str, args)],
            stdin=stdin,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env=configuration.environment(where),
            cwd=paths.LOCAL,
            start_new_session=True,
        )


def serve_database(where, database, port, log, *options):
    """Start a server in the background that knows one database and notes warnings alone; return its process."""
    only = ["-d", database, f"--db-filter=^{database}$", f"--http-port={port}", "--log-level=warn"]
    return serve(where, [*only, *options], log)


def wait_for(process, url, log, patience=180):
    """Wait until a server answers; raise a Problem when it ends or takes too long."""
    until = time.time() + patience
    while time.time() < until:
        if process.poll() is not None:
            raise Problem(
                "The server ended before it answered:\n      " + "\n      ".join(errors(log)),
                f"The whole log: {paths.shown(log)}",
            )
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=60) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise Problem(f"The server did not answer on {url} within {patience} s.", f"Its log: {paths.shown(log)}")
