"""Calling Odoo's own programs: installing, shells, servers."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from . import configuration, paths
from .console import Problem
from .shell import check_disk

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


def shell(where, database, code, log):
    """Run Python code in `odoo shell` on a database; raise a Problem when it does not run to its end."""
    sentinel = "--- the code ran to its end ---"
    ending = f"\nprint({sentinel!r}, flush=True)\n"
    returned = call(where, ["shell", "-d", database, "--no-http", "--log-level=warn"], log, stdin=_block(code) + ending)
    if returned or sentinel not in log.read_text(errors="replace"):
        raise Problem(
            f"Odoo's shell failed on {database}:\n      " + "\n      ".join(log.read_text(errors="replace").splitlines()[-8:]),
            f"The whole log: {paths.shown(log)}",
        )


def _block(code):
    """`odoo shell` reads its input as one program; hand the code over so that an exception ends it."""
    return f"exec(compile({code!r}, 'mill', 'exec'), globals())"


def install(where, database, modules, log, *extra):
    """Install modules into a database; raise a Problem with the log's last errors when that fails."""
    code = call(
        where,
        ["-d", database, "-i", ",".join(sorted(modules)), "--stop-after-init", "--no-http", "--log-level=warn", *extra],
        log,
    )
    if code:
        check_disk()
        raise Problem(
            f"Installing {', '.join(sorted(modules))} failed:\n      " + "\n      ".join(errors(log)),
            f"The whole log: {paths.shown(log)}",
        )


def errors(log, most=12):
    """Return the last lines of a log from its last error on."""
    lines = log.read_text(errors="replace").splitlines()
    starts = [i for i, line in enumerate(lines) if (m := LINE.match(line)) and m["level"] in ("ERROR", "CRITICAL")]
    block = lines[starts[-1] :] if starts else lines
    return block[:2] + ["..."] + block[-most:] if len(block) > most + 2 else block


def free_port(first=18000, last=18099):
    """Return a port of 127.0.0.1 that nobody listens on."""
    for port in range(first, last + 1):
        if port_is_free(port) and port not in _given:
            _given.add(port)
            return port
    raise Problem(f"None of the ports {first} to {last} is free.", "Stop what listens there.")


_given = set()


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
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w") as stream:
        return subprocess.Popen(
            [paths.LAUNCHER, *map(str, args)],
            stdin=subprocess.DEVNULL,
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
