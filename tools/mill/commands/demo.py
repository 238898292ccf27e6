"""Walk every order of an order book through all the steps, on the real server, as the people of each department.

A fresh database is made with everything installed, the server started on it, and the walk (tools/mill/walk) drives
it over HTTP. It prints a timeline per order and a closing table, writes the contracts and delivery notes as PDFs, and
ends with another code than 0 when an order is lost or a number does not add up. The database `demo` stays until the
next call: ./mill shell --test --database demo"""

import subprocess

from .. import configuration, odoo, paths, run_database, setup, templates
from ..console import Problem, say

DATABASE = "demo"


def options(parser):
    parser.add_argument("--orders", required=True, metavar="FILE", help="the order book (.dat, .csv, .xlsx)")
    parser.add_argument("--out", metavar="DIR", help="where the PDFs go (.local/demo/<name of the file>)")
    parser.add_argument("--port", type=int, help="the server's port (a free one from 18000)")


def call(args):
    orders = paths.given(args.orders)
    if not orders.is_file():
        raise Problem(f"There is no file {orders}.", "./mill demo --orders FILE")
    if args.port and not odoo.port_is_free(args.port):
        raise Problem(
            f"Port {args.port} of 127.0.0.1 is taken by another program.", "Leave --port out: a free one is looked for."
        )
    out = paths.given(args.out) if args.out else paths.LOCAL / "demo" / orders.stem
    out.mkdir(parents=True, exist_ok=True)
    setup.ensure("test", browser=False)
    code = walk(orders, out, DATABASE, args.port)
    log = paths.LOGS / f"{DATABASE}-{orders.stem}.log"
    say(f"walk ended with {code}; PDFs in {paths.shown(out)}, the server's log in {paths.shown(log)}")
    return code


def walk(orders, out, database, port=None, output=None):
    """Walk an order book on a fresh copy of everything and return the walk's exit code.

    :param output: open file for what the walk prints; the terminal if None
    """
    port = port or odoo.free_port()
    url = f"http://127.0.0.1:{port}"
    templates.clone_of(templates.everything(), database)
    run_database.set_address("test", database, url)
    log = paths.LOGS / f"{database}-{orders.stem}.log"
    server = odoo.serve_database("test", database, port, log)
    program = [paths.PYTHON, "-m", "tools.mill.walk", "--url", url, "--db", database]
    try:
        odoo.wait_for(server, f"{url}/web/health", log)
        say(f"server ready on {url}; walking {orders.name}")
        return subprocess.run(
            [*program, "--orders", orders, "--out", out, "--admin-password", "admin"],
            env=configuration.environment("test"),
            cwd=paths.ROOT,
            stdout=output,
            stderr=output,
            check=False,
        ).returncode
    finally:
        odoo.stop(server)
