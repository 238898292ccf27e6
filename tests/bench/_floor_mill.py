"""A mill for the bench and the trial of the shop floor: winders with tablets, each with an order of reels that may be made."""


def mill(env, winders, rolls, each_kg=500.0, pin="2468"):
    """Make winders with a tablet each, and an order with an approved plan on each.

    :return: ``[{"station", "token", "work", "order", "session"}]`` as plain values, one a winder
    """
    groups = {name: env.ref(f"paper_base.group_{name}") for name in ("workshop", "planning", "supervisor")}
    people = {
        name: env["res.users"].create({"name": f"Floor {name}", "login": f"floor_{name}", "group_ids": [(6, 0, group.ids)]})
        for name, group in groups.items()
    }
    env["paper.floor.operator"].create({"user_id": people["workshop"].id, "new_pin": pin})
    kilogram = env.ref("uom.product_uom_kgm")
    pulp = env["product.product"].create({"name": "Bench pulp", "is_storable": True, "uom_id": kilogram.id})
    stock = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1).lot_stock_id
    env["stock.quant"]._update_available_quantity(pulp, stock, 1e7)
    grade = env["paper.grade"].create({"name": "Bench"})
    paper = env["product.product"].create(
        {"name": "Bench reels", "is_storable": True, "is_paper": True, "tracking": "lot", "uom_id": kilogram.id}
    )
    made = []
    for number in range(winders):
        machine = env["mrp.workcenter"].create({"name": f"Bench winder {number}"})
        bom = env["mrp.bom"].create(
            {
                "product_tmpl_id": paper.product_tmpl_id.id,
                "product_qty": 1000,
                "product_uom_id": kilogram.id,
                "bom_line_ids": [(0, 0, {"product_id": pulp.id, "product_qty": 1050, "product_uom_id": kilogram.id})],
                "operation_ids": [(0, 0, {"name": "Wind", "workcenter_id": machine.id, "time_cycle_manual": 30})],
            }
        )
        spec = env["paper.spec"].create({"grade_id": grade.id, "format": "reel", "basis_weight": 80, "width": 787 + number})
        order = env["mrp.production"].create(
            {
                "product_id": paper.id,
                "product_qty": rolls * each_kg,
                "product_uom_id": kilogram.id,
                "bom_id": bom.id,
                "paper_spec_id": spec.id,
            }
        )
        order.action_confirm()
        station = env["paper.floor.station"].create({"name": f"Tablet {number}", "workcenter_id": machine.id})
        made.append((order, station))
    plan = env["paper.production.plan"].with_user(people["planning"]).create({})
    orders = env["mrp.production"].union(*(order for order, _station in made))
    orders.with_user(people["planning"]).write({"paper_plan_id": plan.id})
    plan.action_submit()
    plan.with_user(people["supervisor"]).action_approve()
    return [
        {
            "station": station.id,
            "token": station._link_issue("floor"),
            "work": order.workorder_ids.id,
            "order": order.name,
            "session": station._sign_in(pin)["session"],
        }
        for order, station in made
    ]
