"""Paper into stock without inspection."""

from doors_try import KEYS, Path, calls, forge

PAPER = """from stock_quant q join stock_location l on l.id = q.location_id join product_product p on p.id = q.product_id
    join product_template t on t.id = p.product_tmpl_id where t.is_paper"""
# Paper that anybody may take: in an internal place that is no place of quarantine.
FREE = f"""select coalesce(sum(q.quantity), 0)::numeric(20,3) {PAPER} and l.usage = 'internal'
    and l.complete_name !~* 'quarantine|隔离|待检|quality|质量'"""


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


def transfer(person, s, kind, source, target, quantity=500, lot=True, **values):
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


def done_move(person, s, source, target):
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


def done_by_call(person, s, source, target):
    move = {"product_id": s["paper"], "product_uom_qty": 300, "location_id": s[source], "location_dest_id": s[target]}
    made = person.create("stock.move", {**move, "company_id": s["company"], "quantity": 300, "picked": True})
    for method in ("_action_done", "action_done", "button_validate"):
        person.call("stock.move", method, [made])


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
        "receipt": lambda p, s: transfer(p, s, "incoming", "vendors", "stock", lot=False),
        "receipt of a known lot": lambda p, s: transfer(p, s, "incoming", "vendors", "stock"),
        "found again": lambda p, s: transfer(p, s, "internal", "lost", "stock"),
        "returned by a customer": lambda p, s: transfer(p, s, "incoming", "customers", "stock"),
        "from production": lambda p, s: transfer(p, s, "internal", "made", "stock", lot=False),
        "a known lot from production": lambda p, s: transfer(p, s, "internal", "made", "stock"),
        "move made done, from production": lambda p, s: done_move(p, s, "made", "stock"),
        "move made done, from the vendor": lambda p, s: done_move(p, s, "vendors", "stock"),
        "move done by call": lambda p, s: done_by_call(p, s, "made", "stock"),
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
