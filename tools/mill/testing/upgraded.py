"""Stage `upgrade`: the demo mill of the last landed release is upgraded to this code, twice, as an administrator does it.

Every record that was there is there, nothing is doubled, the register of contracts is whole, people log in and their screens
open; the second upgrade changes nothing. What may differ is in tests/upgrade/allowed.toml."""

import tomllib

from .. import addons, databases, odoo, paths, release, run_database, templates
from ..walk.client import Person, Refused
from . import gate, holdings
from .report import Result

DATABASE = "upgraded"
SCREENS = 10
REGISTER = """
for company in env["res.company"].search([]):
    found = env["paper.contract.register"]._verify(company)
    print("REGISTER", ", ".join(f"{found[f'{kind}_count']} {kind}" for kind in ("entry", "contract", "document")))
    for finding in found["findings"]:
        print("FINDING", finding["message"])
env.cr.rollback()
"""


def jobs(keep=False):
    return [("upgrade of the last release", lambda: _job(keep))]


def _job(keep):
    result = Result("upgrade of the last release", log=paths.LOGS / f"{DATABASE}-1.log")
    allowed, explained = _allowed()
    source = release.template()
    templates.clone_of(source, DATABASE)
    before = holdings.Holdings.of(source, allowed.tables)
    logs = []
    for time in (1, 2):
        log = paths.LOGS / f"{DATABASE}-{time}.log"
        code = run_database.call_upgrade("test", DATABASE, addons.ours(), log)
        result.problems += [block for block in gate.read(log).complaints if not _is_explained(block, explained)]
        if code:
            result.failed[f"upgrade {time}"] = odoo.errors(log)
            return result
        logs.append(log)
        after = holdings.Holdings.of(DATABASE, allowed.tables)
        _judge(result, f"upgrade {time}", before, after, allowed, strict=time == 2)
        before = after
    _check_register(result)
    _open_screens(result)
    if not keep:
        databases.drop("test", DATABASE)
    return result


def _allowed():
    with open(paths.TESTS / "upgrade" / "allowed.toml", "rb") as stream:
        read = tomllib.load(stream)
    explained = read.pop("log")
    return holdings.Allowed(**read), explained


def _is_explained(block, explained):
    return any(words in block[0] for words in explained)


def _judge(result, title, before, after, allowed, strict):
    found = holdings.compare(before, after, allowed, strict)
    lost = holdings.compare_names(before, after, allowed)
    if lost:
        found.complain(f"{len(lost)} records have lost their external names", lost[:12])
    counts = ", ".join(f"{number:,} {what}" for what, number in found.counts.items())
    result.counted.append(f"{title}: {counts}")
    if not strict:
        for (old, new), number in sorted(holdings.moved(before, after).items()):
            result.counted.append(f"{title}: {number} names went from {old} to {new}")
    if found.complaints:
        result.failed[title] = [line for complaint in found.complaints for line in complaint]
    else:
        result.passed += 1


def _check_register(result):
    log = paths.LOGS / f"{DATABASE}-register.log"
    odoo.shell("test", DATABASE, REGISTER, log)
    lines = log.read_text(errors="replace").splitlines()
    result.counted += [line.removeprefix("REGISTER ") for line in lines if line.startswith("REGISTER")]
    findings = [line for line in lines if line.startswith("FINDING")]
    result.problems += gate.read(log).complaints
    if findings or not any(line.startswith("REGISTER") for line in lines):
        result.failed["register of contracts"] = findings or lines[-8:]
    else:
        result.passed += 1


def _open_screens(result):
    """Log in and open the screens behind the first menus, with what their views ask for."""
    port = odoo.free_port(18300, 18399)
    url, log = f"http://127.0.0.1:{port}", paths.LOGS / f"{DATABASE}-server.log"
    run_database.set_address("test", DATABASE, url)
    server = odoo.serve_database("test", DATABASE, port, log)
    opened, failed = [], []
    try:
        odoo.wait_for(server, f"{url}/web/health", log)
        admin = Person(url, DATABASE, "admin", "admin")
        admin.get("/odoo")
        for name, action in _actions(admin):
            try:
                opened.append(f"{name} ({_open(admin, action)})")
            except Refused as refusal:
                failed.append(f"{name}: {refusal.name}: {refusal}")
            if len(opened) == SCREENS:
                break
    finally:
        odoo.stop(server)
    result.problems += gate.read(log).complaints
    result.counted.append(f"opened: {', '.join(opened)}")
    if failed or len(opened) < SCREENS:
        result.failed["screens"] = failed or [f"only {len(opened)} screens were found"]
    else:
        result.passed += 1


def _actions(person):
    """Yield (name, id) of the actions behind menus of ours that show records, one a model."""
    own = person.search("ir.model.data", [("model", "=", "ir.ui.menu"), ("module", "=like", "paper\\_%")], ["res_id"])
    menus = person.search("ir.ui.menu", [("id", "in", [data["res_id"] for data in own])], ["complete_name", "action"])
    seen = set()
    for menu in menus:
        kind, _comma, number = (menu["action"] or "").partition(",")
        if kind != "ir.actions.act_window":
            continue
        action = person.read(kind, int(number), "res_model", "view_mode")
        if action["view_mode"] != "form" and action["res_model"] not in seen:
            seen.add(action["res_model"])
            yield menu["complete_name"], int(number)


def _open(person, number):
    """Open an action as the web client does; return how many records its first view shows."""
    action = person.post("/web/action/load", {"action_id": number, "context": {"lang": person.lang}})
    views = [(view_id, kind) for view_id, kind in action["views"] if kind != "search"]
    described = person.call(action["res_model"], "get_views", [*views, (False, "search")], options={"toolbar": True})
    names = list(described["models"][action["res_model"]]["fields"])
    wanted = {name: {} for name in names if name in ("display_name", "name", "state", "company_id")} or {"id": {}}
    found = person.call(action["res_model"], "web_search_read", [], wanted, limit=40)
    if found["records"]:
        form = {name: {} for name in names}
        person.call(action["res_model"], "web_read", [found["records"][0]["id"]], form)
    return f"{found['length']} records"
