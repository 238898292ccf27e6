"""Paper out of the mill without notice, loading check and contract."""

from doors_confirm import draft as draft_order
from doors_enter import FREE, PAPER, done_by_call, done_move, store, transfer
from doors_try import KEYS, Path, calls, forge

GONE = f"select coalesce(sum(q.quantity), 0)::numeric(20,3) {PAPER} and l.usage in ('customer', 'transit', 'supplier')"


def _scrap(person, s):
    values = {"product_id": s["paper"], "scrap_qty": 10, "lot_id": s["lot"], "location_id": s["stock"]}
    scrap = person.create("stock.scrap", {**values, "scrap_location_id": s["customers"]})
    person.call("stock.scrap", "action_validate", [scrap])


def _unbuild(person, s):
    values = {"product_id": s["paper"], "product_qty": 10, "lot_id": s["lot"], "location_id": s["stock"]}
    unbuild = person.create("mrp.unbuild", {**values, "location_dest_id": s["customers"]})
    person.call("mrp.unbuild", "action_unbuild", [unbuild])


def _made_into(person, s):
    """Have paper used up by an order of other goods."""
    pallet = person.search("product.product", [("is_paper", "=", False), ("type", "=", "consu")], ["id"], limit=1)[0]["id"]
    raw = {"product_id": s["paper"], "product_uom_qty": 10}
    order = person.create("mrp.production", {"product_id": pallet, "product_qty": 1, "move_raw_ids": [(0, 0, raw)]})
    person.call("mrp.production", "action_confirm", [order])
    person.write("mrp.production", order, {"qty_producing": 1})
    moves = person.read("mrp.production", order, "move_raw_ids")["move_raw_ids"]
    line = {"product_id": s["paper"], "lot_id": s["lot"], "quantity": 10, "picked": True, "location_id": s["stock"]}
    person.write("stock.move", moves[0], {"move_line_ids": [(5,), (0, 0, line)], "picked": True})
    person.call("mrp.production", "button_mark_done", [order], context=KEYS)


def paths():
    """Yield the paths of this stage."""
    yield from _leaving()
    yield from _left()
    yield from _noticed()


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
        "own delivery": lambda p, s: transfer(p, s, "outgoing", "stock", "customers"),
        "own delivery to a partner": lambda p, s: transfer(p, s, "outgoing", "stock", "customers", partner_id=s["partner"]),
        "internal transfer to a customer": lambda p, s: transfer(p, s, "internal", "stock", "customers"),
        "back to the vendor": lambda p, s: transfer(p, s, "outgoing", "stock", "vendors"),
        "move made done": lambda p, s: done_move(p, s, "stock", "customers"),
        "move done by call": lambda p, s: done_by_call(p, s, "stock", "customers"),
        "scrapped to a customer": _scrap,
        "taken apart to a customer": _unbuild,
    }.items():
        yield Path(name, "dispatch", store, call, GONE)
    yield Path("made into other goods", "dispatch", store, _made_into, FREE, ("supervisor", "management", "admin"))
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
