"""Serve the demo mill: everything installed in a database `mill` on durable storage, the server up, the line to open
with logins.

The database is made once and kept. The page opens as soon as the mill has its people, machines and products; its orders
are filled in while it is open, and a filling that was broken off goes on with the next call. When the addons on disk have
changed since, the database is backed up and upgraded in place. Ctrl-C stops all that this command started: the server, and
PostgreSQL if it was not running before."""

import signal
import time

from .. import addons, odoo, paths, run_database, setup
from ..console import Problem, doing, plain, say
from ..postgres import cluster

NAME = run_database.NAME


def options(parser):
    parser.add_argument("--port", type=int, default=8069, help="the port on 127.0.0.1 (8069)")
    parser.add_argument("--no-demo", action="store_true", help="make the database without demo data (only the first time)")
    parser.add_argument(
        "--workers",
        type=int,
        default=0,
        metavar="N",
        help="server processes; 0, the default, is one process with threads, in which the web socket needs no proxy",
    )
    parser.add_argument("--dev", action="store_true", help="reload Python and XML when files change")


def call(args):
    if not odoo.port_is_free(args.port):
        other = odoo.free_port(args.port + 1, args.port + 100)
        raise Problem(
            f"Port {args.port} of 127.0.0.1 is taken by another program.",
            f"Take another one: ./mill run --port {other}",
        )
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    started = setup.ensure("run", browser=False)
    try:
        _serve(args)
    except KeyboardInterrupt:
        say("stopping")
    finally:
        if started:
            cluster("run").stop()
    say("stopped")


def _interrupt(_number, _frame):
    raise KeyboardInterrupt


def _serve(args):
    if not addons.ours():
        raise Problem("There is no addon in addons/.")
    outcome = run_database.ensure(demo=not args.no_demo)
    say(f"database {NAME}: {outcome}")
    url = f"http://127.0.0.1:{args.port}"
    run_database.set_address("run", NAME, url)
    log = paths.LOGS / "run-server.log"
    options = ["-d", NAME, f"--db-filter=^{NAME}$", f"--http-port={args.port}", f"--workers={args.workers}"]
    if args.workers:
        options.append(f"--gevent-port={odoo.free_port(args.port + 1, args.port + 100)}")
    if args.dev:
        options.append("--dev=reload,xml")
    server = odoo.serve("run", options, log)
    filling = None
    try:
        with doing("the server starts"):
            odoo.wait_for(server, f"{url}/web/login", log)
        say(f"open {url}   (the server's log: {paths.shown(log)})")
        people = run_database.logins()
        plain(
            "  admin / admin is the administrator" + ("; the people below log in with their login as password" if people else "")
        )
        for login, name in people:
            plain(f"  {login:24} {name}")
        plain("Ctrl-C stops everything.")
        if run_database.is_filling():
            say("the demo mill is filled while you look around")
            filling = run_database.Filling()
            with doing(lambda: f"demo mill {filling.at()}"):
                while server.poll() is None and not filling.look():
                    time.sleep(0.5)
        code = server.wait()
        raise Problem(
            f"The server ended by itself ({code}):\n      " + "\n      ".join(odoo.errors(log)),
            f"The whole log: {paths.shown(log)}",
        )
    finally:
        if filling:
            filling.stop()
        odoo.stop(server)
