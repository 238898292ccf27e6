"""Declaring rolls at a tablet, and closing work orders and manufacturing orders beside plain Odoo.

A roll is declared as a tablet reports it: one alone from a cold cache, and those of a set in one go, as a tablet sends them that
was without a network. Then as many work orders are finished, and as many manufacturing orders closed, as users of plain Odoo
complained of: with the product and without it, the same orders of one operation each.
"""

import sys
from pathlib import Path

SIZES = [30, 265]
LIMITS = {"roll_queries": 60, "ratio_close": 1.2}
ACROSS = 10

sys.path.insert(0, str(Path(__file__).resolve().parent))


def run(ctx):
    if ctx.is_product:
        rolls(ctx)
    works, orders = (ctx.sizes * 2)[:2]
    close(ctx, works, orders)


def rolls(ctx):
    """Declare three sets of ten rolls: the first warms up, one roll is measured alone, and a whole set."""
    from _floor_mill import mill  # noqa: PLC0415 - found by the line above

    (facts,) = mill(ctx.env, 1, 40, 500.0)
    station = ctx.env["paper.floor.station"].browse(facts["station"])
    common = {"work": facts["work"], "session": facts["session"]}
    length = round(500 / (80 * 787) * 1e6, 2)

    def told(kind, number, **said):
        return {"uid": f"{kind}{number:030d}", "kind": kind, **common, **said}

    def one_set(number):
        shape = {"width": 200, "length": length * 787 / 200, "diameter": 900}
        turn = told("set", number, set=number, rolls=[shape] * ACROSS)
        names = [f"{facts['order']}-{number:02d}{place:02d}" for place in range(1, ACROSS + 1)]
        return turn, [told("roll", 100 * number + place, roll=name, gross=500) for place, name in enumerate(names)]

    def report(events):
        wrong = [answer for answer in station._take_events(events, ("start", "set", "roll")) if answer["state"] != "kept"]
        if wrong:
            raise AssertionError(wrong[:2])

    report([told("start", 0)])
    turn, weighed = one_set(1)
    report([turn, *weighed])
    turn, weighed = one_set(2)
    report([turn])
    with ctx.measure("alone"):
        report(weighed[:1])
    report(weighed[1:])
    turn, weighed = one_set(3)
    report([turn])
    with ctx.measure("set"):
        report(weighed)
    ctx.figure("roll_queries", round(ctx.figures["set_queries"]["value"] / ACROSS, 1), "queries")


def close(ctx, works, orders):
    """Finish so many work orders, and close so many manufacturing orders of plain goods."""
    env = ctx.env
    machine = env["mrp.workcenter"].create({"name": "Bench machine"})
    part, goods = env["product.product"].create(
        [{"name": "Bench part", "is_storable": True}, {"name": "Bench goods", "is_storable": True}]
    )
    stock = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1).lot_stock_id
    env["stock.quant"]._update_available_quantity(part, stock, 1e6)
    bom = env["mrp.bom"].create(
        {
            "product_tmpl_id": goods.product_tmpl_id.id,
            "product_qty": 1,
            "bom_line_ids": [(0, 0, {"product_id": part.id, "product_qty": 1})],
            "operation_ids": [(0, 0, {"name": "Make", "workcenter_id": machine.id, "time_cycle_manual": 1})],
        }
    )

    def made(number):
        productions = env["mrp.production"].create(
            [{"product_id": goods.id, "product_qty": 1, "bom_id": bom.id} for _each in range(number)]
        )
        productions.action_confirm()
        productions.workorder_ids.button_start()
        return productions

    first, second = made(works), made(orders)
    with ctx.measure("works"):
        first.workorder_ids.button_finish()
    for production in second:
        production.qty_producing = 1
        production._set_qty_producing()
    with ctx.measure("orders"):
        second.button_mark_done()
    if set(second.mapped("state")) != {"done"}:
        raise AssertionError("not all orders are closed")
    ctx.figure("close", round(ctx.figures["works_seconds"]["value"] + ctx.figures["orders_seconds"]["value"], 3), "s")
