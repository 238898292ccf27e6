"""Paper into stock without inspection, and out of it without notice, loading check and contract."""

from doors_confirm import draft as draft_order
from doors_try import KEYS, Path, calls, forge

PAPER = """from stock_quant q join stock_location l on l.id = q.location_id join product_product p on p.id = q.product_id
    join product_template t on t.id = p.product_tmpl_id where t.is_paper"""
# Paper that anybody may take: in an internal place that is no place of quarantine.
FREE = f"""select coalesce(sum(q.quantity), 0)::numeric(20,3) {PAPER} and l.usage = 'internal'
    and l.complete_name !~* 'quarantine|隔离|待检|quality|质量'"""
GONE = f"select coalesce(sum(q.quantity), 0)::numeric(20,3) {PAPER} and l.usage in ('customer', 'transit', 'supplier')"


def store(mill, company):
    """Return what it takes to move paper: product, a lot in stock, places and kinds of transfers."""
    found = mill.row(
        f"""select w.lot_stock_id as stock, w.in_type_id as incoming, w.out_type_id as outgoing, w.int_type_id as internal,
        {mill.ids["paper"]} as paper, (select uom_id from product_template t join product_product p on p.product_tmpl_id = t.id
            where p.id = {mill.ids["paper"]}) as uom,
        (select q.lot_id from stock_quant q where q.product_id = {mill.ids["paper"]} and q.location_id = w.lot_stock_id
            and q.quantity > 0 and q.lot_id is not null order by q.id limit 1) as lot,
        (select id from stock_location where usage = 'customer' order by id limit 1) as customers,
        (select id from stock_location where usage = 'supplier' order by id limit 1) as vendors,
        (select id from stock_location where usage = 'inventory' and company_id = w.company_id order by id limit 1) as lost,
        (select id from stock_location where usage = 'production' and company_id = w.company_id order by id limit 1) as made,
        (select id from stock_quant q where q.product_id = {mill.ids["paper"]} and q.location_id = w.lot_stock_id
            and q.quantity > 0 order by q.id limit 1) as quant,
        (select id from res_partner where customer_rank > 0 or is_company order by id desc limit 1) as partner,
        w.company_id as company from stock_warehouse w where w.company_id = {mill.company(company)} order by w.id"""
    )
    return found and {name: int(value or 0) for name, value in found.items()}


def _transfer(person, s, kind, source, target, quantity=500, lot=True, **values):
    """Make a transfer of paper and validate it."""
    line = {"product_id": s["paper"], "product_uom_id": s["uom"], "location_id": s[source], "location_dest_id": s[target]}
    move = {"product_id": s["paper"], "product_uom_qty": quantity, "location_id": s[source], "location_dest_id": s[target]}
    picking = person.create(
        "stock.picking",
        {
            "picking_type_id": s[kind],
            "location_id": s[source],
            "location_dest_id": s[target],
            "move_ids": [(0, 0, move)],
            **values,
        },
    )
    person.call("stock.picking", "action_confirm", [picking])
    given = {"lot_id": s["lot"]} if lot and s["lot"] else {"lot_name": f"door-{picking}"}
    moves = person.read("stock.picking", picking, "move_ids", "move_line_ids")
    own = {**line, **given, "quantity": quantity, "picking_id": picking}
    commands = [(2, old) for old in moves["move_line_ids"]] + [(0, 0, own)]
    person.write("stock.move", moves["move_ids"][0], {"move_line_ids": commands, "picked": True})
    answer = person.call("stock.picking", "button_validate", [picking], context=KEYS)
    if isinstance(answer, dict) and answer.get("res_model") == "stock.backorder.confirmation":
        person.call("stock.picking", "_action_done", [picking])


def _quant(person, s):
    values = {"product_id": s["paper"], "location_id": s["stock"], "inventory_quantity": 5000}
    quant = person.call("stock.quant", "create", [values], context={"inventory_mode": True})
    person.call("stock.quant", "action_apply_inventory", quant)


def _raised(person, s, quantity=99_000):
    person.call("stock.quant", "write", [s["quant"]], {"inventory_quantity": quantity}, context={"inventory_mode": True})
    person.call("stock.quant", "action_apply_inventory", [s["quant"]])


def _done_move(person, s, source, target):
    line = {"product_id": s["paper"], "quantity": 300, "location_id": s[source], "location_dest_id": s[target]}
    line |= {"lot_id": s["lot"]} if s["lot"] else {"lot_name": "door"}
    move = {
        "product_id": s["paper"],
        "product_uom_qty": 300,
        "location_id": s[source],
        "location_dest_id": s[target],
        "company_id": s["company"],
        "state": "done",
        "picked": True,
        "move_line_ids": [(0, 0, line)],
    }
    person.create("stock.move", move)


def _done_by_call(person, s, source, target):
    move = {"product_id": s["paper"], "product_uom_qty": 300, "location_id": s[source], "location_dest_id": s[target]}
    made = person.create("stock.move", {**move, "company_id": s["company"], "quantity": 300, "picked": True})
    for method in ("_action_done", "action_done", "button_validate"):
        person.call("stock.move", method, [made])


def _scrap(person, s):
    values = {"product_id": s["paper"], "scrap_qty": 10, "lot_id": s["lot"], "location_id": s["stock"]}
    scrap = person.create("stock.scrap", {**values, "scrap_location_id": s["customers"]})
    person.call("stock.scrap", "action_validate", [scrap])


def _unbuild(person, s):
    values = {"product_id": s["paper"], "product_qty": 10, "lot_id": s["lot"], "location_id": s["stock"]}
    unbuild = person.create("mrp.unbuild", {**values, "location_dest_id": s["customers"]})
    person.call("mrp.unbuild", "action_unbuild", [unbuild])


def paths():
    """Yield the paths of these stages."""
    for name, call in {
        "counted, a new quantity": _quant,
        "counted, raised": _raised,
        "quantity of a quant": lambda p, s: p.write("stock.quant", s["quant"], {"quantity": 99_000}),
        "quantity of a new quant": lambda p, s: p.create(
            "stock.quant", {"product_id": s["paper"], "location_id": s["stock"], "quantity": 700, "lot_id": s["lot"]}
        ),
        "quantity on hand of the product": lambda p, s: p.write("product.product", s["paper"], {"qty_available": 123_456}),
        "receipt": lambda p, s: _transfer(p, s, "incoming", "vendors", "stock", lot=False),
        "receipt of a known lot": lambda p, s: _transfer(p, s, "incoming", "vendors", "stock"),
        "found again": lambda p, s: _transfer(p, s, "internal", "lost", "stock"),
        "returned by a customer": lambda p, s: _transfer(p, s, "incoming", "customers", "stock"),
        "from production": lambda p, s: _transfer(p, s, "internal", "made", "stock", lot=False),
        "move made done, from production": lambda p, s: _done_move(p, s, "made", "stock"),
        "move made done, from the vendor": lambda p, s: _done_move(p, s, "vendors", "stock"),
        "move done by call": lambda p, s: _done_by_call(p, s, "made", "stock"),
        "imported count": lambda p, s: p.call(
            "stock.quant",
            "load",
            ["product_id/.id", "location_id/.id", "inventory_quantity"],
            [[str(s["paper"]), str(s["stock"]), "4000"]],
            context={"inventory_mode": True},
        ),
    }.items():
        # Warehouse counts what lies there, and takes in what a vendor or a customer brings: into quarantine, see FREE.
        yield Path(name, "enter", store, call, FREE)
    yield from _made()
    yield from _inspected()
    yield from _leaving()
    yield from _left()
    yield from _noticed()


def made(mill, company):
    """Return a manufacturing order that is done, and one that waits for its inspection."""
    found = mill.row(
        "select m.id as id, s.id as move, l.id as moveline, s.product_id as product, s.location_id as place, "
        "s.location_dest_id as stock, (select id from mrp_production where state in ('to_close', 'progress') "
        f"and company_id = {mill.company(company)} order by id desc limit 1) as waiting from mrp_production m "
        "join stock_move s on s.production_id = m.id join stock_move_line l on l.move_id = s.id "
        f"where m.state = 'done' and m.company_id = {mill.company(company)} order by m.id"
    )
    return found and {name: int(value or 0) for name, value in found.items()}


def _made():
    for name, call in {
        "made, another line": lambda p, s: p.write(
            "stock.move",
            s["move"],
            {
                "move_line_ids": [
                    (
                        0,
                        0,
                        {
                            "product_id": s["product"],
                            "quantity": 900,
                            "lot_name": "door",
                            "location_id": s["place"],
                            "location_dest_id": s["stock"],
                        },
                    )
                ]
            },
        ),
        "made, line raised": lambda p, s: p.write("stock.move.line", s["moveline"], {"quantity": 99_000}),
        "made, move raised": lambda p, s: p.write("stock.move", s["move"], {"quantity": 99_000}),
        "made, lot renamed": lambda p, s: p.write("stock.move.line", s["moveline"], {"lot_name": "x", "lot_id": False}),
        "not inspected, done": lambda p, s: p.call("mrp.production", "button_mark_done", [s["waiting"]]),
        "not inspected, done with all keys": lambda p, s: p.call(
            "mrp.production", "button_mark_done", [s["waiting"]], context=KEYS
        ),
        "not inspected, split": lambda p, s: p.call("mrp.production", "action_split", [s["waiting"]]),
    }.items():
        yield Path(name, "enter", made, call, FREE)


def inspection(mill, company):
    """Return a final inspection that nobody made yet."""
    found = mill.row(
        "select id as id, production_id as production, test as test from qc_inspection "
        f"where kind = 'final' and state = 'ready' and company_id = {mill.company(company)} order by id"
    )
    return found and {name: int(value or 0) for name, value in found.items()}


def _inspected():
    given = {"kind": "final", "name": "door"}
    yield from forge("enter", "inspection passed", "qc.inspection", inspection, {"state": "success"}, given)
    yield from forge("enter", "inspection by somebody", "qc.inspection", inspection, {"success": True, "inspector_id": 2}, given)
    state = "select state, success from qc_inspection where id = {id}"
    methods = dict.fromkeys(("action_confirm", "action_approve", "action_todo", "action_draft"))
    # With nothing filled in not even quality passes it.
    yield from calls("enter", "qc.inspection", inspection, methods, state.replace("state,", "state = 'success',"))
    yield Path(
        "inspection deleted",
        "enter",
        inspection,
        lambda p, s: p.call("qc.inspection", "unlink", [s["id"]]),
        "select count(*) from qc_inspection where id = {id}",
    )


def waiting(mill, company):
    """Return a delivery that has no notice yet, and one whose notice is planned but that nobody checked."""
    found = mill.row(
        "select p.id as id, m.id as move, (select l.id from stock_move_line l where l.move_id = m.id limit 1) as moveline, "
        "(select id from stock_picking where paper_notice_id is not null and state not in ('done', 'cancel') "
        f"and company_id = {mill.company(company)} order by id limit 1) as noticed, "
        "(select id from paper_dispatch_notice where state in ('planned', 'done') order by id limit 1) as notice "
        "from stock_picking p join stock_move m on m.picking_id = p.id join stock_picking_type t on t.id = p.picking_type_id "
        f"where t.code = 'outgoing' and p.paper_notice_id is null and p.state = 'assigned' and p.company_id = "
        f"{mill.company(company)} order by p.id"
    )
    return found and {name: int(value or 0) for name, value in found.items()}


def _leaving():
    for name, call in {
        "own delivery": lambda p, s: _transfer(p, s, "outgoing", "stock", "customers"),
        "own delivery to a partner": lambda p, s: _transfer(p, s, "outgoing", "stock", "customers", partner_id=s["partner"]),
        "internal transfer to a customer": lambda p, s: _transfer(p, s, "internal", "stock", "customers"),
        "back to the vendor": lambda p, s: _transfer(p, s, "outgoing", "stock", "vendors"),
        "move made done": lambda p, s: _done_move(p, s, "stock", "customers"),
        "move done by call": lambda p, s: _done_by_call(p, s, "stock", "customers"),
        "scrapped to a customer": _scrap,
        "taken apart to a customer": _unbuild,
    }.items():
        yield Path(name, "dispatch", store, call, GONE)
    yield Path("delivery of a draft", "dispatch", draft_order, _delivery_of_draft, GONE)
    for name, call in {
        "validated": lambda p, s: p.call("stock.picking", "button_validate", [s["id"]]),
        "validated with all keys": lambda p, s: p.call("stock.picking", "button_validate", [s["id"]], context=KEYS),
        "validated, not loaded": lambda p, s: p.call("stock.picking", "button_validate", [s["noticed"]], context=KEYS),
        "done by call": lambda p, s: p.call("stock.picking", "_action_done", [s["id"]]),
        "in a batch": _batch,
        "in a wave": lambda p, s: p.call("stock.move.line", "action_open_add_to_wave", [s["moveline"]]),
        "move done": lambda p, s: p.write("stock.move", s["move"], {"state": "done", "picked": True}),
        "line done": lambda p, s: p.write("stock.move.line", s["moveline"], {"state": "done", "picked": True}),
        "order taken off": lambda p, s: [
            p.write("stock.picking", s["id"], {"sale_id": False}),
            p.call("stock.picking", "button_validate", [s["id"]]),
        ],
        "place changed": lambda p, s: [
            p.write("stock.move", s["move"], {"location_dest_id": 5}),
            p.call("stock.picking", "button_validate", [s["id"]]),
        ],
    }.items():
        watched = f"select ({GONE}), (select state = 'done' from stock_picking where id = {{id}})"
        yield Path(f"delivery without notice, {name}", "dispatch", waiting, call, watched)
    for name, values in {
        "state": lambda s: {"state": "done"},
        "loading": lambda s: {"paper_loading_state": "passed"},
        "loaded by": lambda s: {"paper_loaded_by_id": 2, "paper_loaded_on": "2026-01-01 08:00:00"},
        "notice": lambda s: {"paper_notice_id": s["notice"]},
    }.items():
        given = {"picking_type_id": 2, "location_id": 5, "location_dest_id": 2}
        yield from forge("dispatch", f"delivery, {name}", "stock.picking", waiting, values, given)


def _batch(person, s):
    batch = person.create("stock.picking.batch", {"picking_ids": [(6, 0, [s["id"]])]})
    for method in ("action_confirm", "action_done"):
        person.call("stock.picking.batch", method, [batch])


def _delivery_of_draft(person, s):
    source = person.search("stock.picking.type", [("code", "=", "outgoing")], ["id"], limit=1)[0]["id"]
    values = {"picking_type_id": source, "partner_id": s["partner"], "sale_id": s["id"], "location_id": 5, "location_dest_id": 2}
    move = {
        "product_id": s["product"],
        "product_uom_qty": 100,
        "location_id": 5,
        "location_dest_id": 2,
        "sale_line_id": s["line"],
    }
    picking = person.create("stock.picking", {**values, "move_ids": [(0, 0, move)]})
    person.call("stock.picking", "action_confirm", [picking])
    person.call("sale.order", "action_dispatch_notice", [s["id"]])
    person.call("stock.picking", "action_check_loading", [picking])
    person.call("stock.picking", "button_validate", [picking], context=KEYS)


def left(mill, company):
    """Return a delivery that has left."""
    found = mill.row(
        "select p.id as id, m.id as move, l.id as moveline, m.product_id as product, m.location_id as place, "
        "m.location_dest_id as target, (select id from stock_lot o where o.product_id = m.product_id and o.id != l.lot_id "
        "order by id desc limit 1) as lot from stock_picking p join stock_move m on m.picking_id = p.id "
        "join stock_move_line l on l.move_id = m.id join stock_picking_type t on t.id = p.picking_type_id "
        f"where t.code = 'outgoing' and p.state = 'done' and p.company_id = {mill.company(company)} order by p.id"
    )
    return found and {name: int(value or 0) for name, value in found.items()}


def _left():
    watched = f"select ({GONE}), (select string_agg(l.lot_id || ' ' || l.quantity, ',' order by l.id) from stock_move_line l "
    watched += "where l.picking_id = {id}), (select count(*) from stock_move where picking_id = {id})"
    for name, call in {
        "another move": lambda p, s: p.create(
            "stock.move",
            {
                "product_id": s["product"],
                "product_uom_qty": 100,
                "quantity": 100,
                "picked": True,
                "picking_id": s["id"],
                "location_id": s["place"],
                "location_dest_id": s["target"],
                "state": "done",
            },
        ),
        "another move by the delivery": lambda p, s: p.write(
            "stock.picking",
            s["id"],
            {
                "move_ids": [
                    (
                        0,
                        0,
                        {
                            "product_id": s["product"],
                            "product_uom_qty": 100,
                            "quantity": 100,
                            "location_id": s["place"],
                            "location_dest_id": s["target"],
                        },
                    )
                ]
            },
        ),
        "line raised": lambda p, s: p.write("stock.move.line", s["moveline"], {"quantity": 20_000}),
        "line lowered": lambda p, s: p.write("stock.move.line", s["moveline"], {"quantity": 1}),
        "move raised": lambda p, s: p.write("stock.move", s["move"], {"quantity": 20_000}),
        "lot swapped": lambda p, s: p.write("stock.move.line", s["moveline"], {"lot_id": s["lot"]}),
        "another line": lambda p, s: p.create(
            "stock.move.line",
            {
                "move_id": s["move"],
                "picking_id": s["id"],
                "product_id": s["product"],
                "quantity": 50,
                "lot_id": s["lot"],
                "location_id": s["place"],
                "location_dest_id": s["target"],
            },
        ),
        "line deleted": lambda p, s: p.call("stock.move.line", "unlink", [s["moveline"]]),
        "move cancelled": lambda p, s: p.write("stock.move", s["move"], {"state": "cancel"}),
        "delivery deleted": lambda p, s: p.call("stock.picking", "unlink", [s["id"]]),
        "unlocked and raised": lambda p, s: [
            p.call("stock.picking", "action_toggle_is_locked", [s["id"]]),
            p.write("stock.move.line", s["moveline"], {"quantity": 21_000}),
        ],
    }.items():
        yield Path(f"delivery that has left, {name}", "dispatch", left, call, watched)
    yield Path("delivery that has left, returned into free stock", "enter", left, _return, FREE)


def _return(person, s):
    context = {"active_id": s["id"], "active_ids": [s["id"]], "active_model": "stock.picking"}
    wizard = person.call("stock.return.picking", "create", [{"picking_id": s["id"]}], context=context)
    lines = person.search("stock.return.picking.line", [("wizard_id", "=", wizard[0])], ["id"])
    for line in lines:
        person.write("stock.return.picking.line", line["id"], {"quantity": 100})
    action = person.call("stock.return.picking", "action_create_returns", wizard, context=context)
    picking = action["res_id"]
    person.call("stock.picking", "action_assign", [picking])
    person.call("stock.picking", "button_validate", [picking], context=KEYS)


def notice(mill, company):
    """Return a planned notice."""
    found = mill.row(
        "select n.id as id, n.order_id as ordered, n.partner_id as partner, "
        "(select id from paper_dispatch_notice_line where notice_id = n.id order by id limit 1) as line "
        f"from paper_dispatch_notice n where n.state = 'planned' and n.company_id = {mill.company(company)} order by n.id"
    )
    return found and {name: int(value or 0) for name, value in found.items()}


def _noticed():
    given = {"order_id": 10, "partner_id": 21}
    for name, values in {
        "done": {"state": "done"},
        "planned by": {"state": "planned", "planned_by_id": 2, "issued_by_id": 2},
        "issued on": {"issued_on": "2020-01-01 08:00:00"},
    }.items():
        yield from forge("dispatch", f"notice, {name}", "paper.dispatch.notice", notice, values, given)
    whole = "select state, delivery_date, planned_date, partner_id, (select count(*) from paper_dispatch_notice_line "
    whole += "where notice_id = {id}) from paper_dispatch_notice where id = {id}"
    for name, call in {
        "emptied": lambda p, s: p.write("paper.dispatch.notice", s["id"], {"line_ids": [(5,)]}),
        "line deleted": lambda p, s: p.call("paper.dispatch.notice.line", "unlink", [s["line"]]),
        "moved to 2030": lambda p, s: p.write("paper.dispatch.notice", s["id"], {"delivery_date": "2030-01-01"}),
        "leaves in 2030": lambda p, s: p.write("paper.dispatch.notice", s["id"], {"planned_date": "2030-01-01"}),
        "leaves in 1900": lambda p, s: p.write("paper.dispatch.notice", s["id"], {"planned_date": "1900-01-01"}),
        "to somebody else": lambda p, s: p.write("paper.dispatch.notice", s["id"], {"partner_id": s["partner"] + 1}),
        "deleted": lambda p, s: p.call("paper.dispatch.notice", "unlink", [s["id"]]),
    }.items():
        yield Path(f"planned notice, {name}", "dispatch", notice, call, whole)
    yield from calls("dispatch", "paper.dispatch.notice", notice, {"action_issue": None}, whole)
    yield from calls("dispatch", "paper.dispatch.notice", notice, {"action_cancel": None}, whole, ("sales", "online"))
