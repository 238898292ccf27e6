"""Plans that nobody approved, plans that were, and making what no approved plan names."""

from doors_confirm import draft as draft_order
from doors_try import Path, calls, forge

PLANNERS, APPROVERS = ("planning",), ("supervisor",)


def submitted(mill, company):
    """Return the plan that waits for the supervisor."""
    return {"id": mill.ids["submitted"], "loose": mill.ids["loose"]} if company == 1 else _draft(mill, company)


def _draft(mill, company):
    found = mill.row(
        "select p.id as id, m.id as loose from paper_production_plan p join mrp_production m on m.company_id = p.company_id "
        f"where p.state = 'draft' and p.company_id = {mill.company(company)} order by p.id"
    )
    return found and {name: int(value) for name, value in found.items()}


def approved(mill, company):
    """Return a manufacturing order that was not begun, of an approved plan, and another specification."""
    found = mill.row(
        "select m.id as id, p.id as plan, m.product_id as product, m.sale_line_id as line, m.bom_id as bom, "
        "(select id from paper_spec s where s.id != m.paper_spec_id order by id limit 1) as spec, "
        "(select id from stock_move where raw_material_production_id = m.id order by id limit 1) as raw "
        "from mrp_production m join paper_production_plan p on p.id = m.paper_plan_id "
        f"where p.state = 'approved' and m.state = 'confirmed' and m.company_id = {mill.company(company)} "
        "and m.sale_line_id is not null order by m.id"
    )
    return found and {name: int(value or 0) for name, value in found.items()}


def loose(mill, company):
    """Return a manufacturing order of no approved plan."""
    own = f"m.id = {mill.ids['loose']}" if company == 1 else f"m.company_id = {mill.company(company)}"
    found = mill.row(
        "select m.id as id, m.product_id as product, m.product_uom_id as uom, "
        "(select id from mrp_workorder w where w.production_id = m.id order by id limit 1) as work, "
        "(select id from stock_move where raw_material_production_id = m.id order by id limit 1) as raw, "
        "(select id from stock_move where production_id = m.id order by id limit 1) as made, "
        "(select id from paper_production_plan where state = 'approved' order by id limit 1) as plan "
        f"from mrp_production m where {own} order by m.id"
    )
    return found and {name: int(value or 0) for name, value in found.items()}


def running(mill, company):
    """Return a manufacturing order that is being made."""
    found = mill.row(
        "select id as id, product_id as product from mrp_production where state in ('progress', 'to_close') "
        f"and company_id = {mill.company(company)} order by id"
    )
    return found and {name: int(value) for name, value in found.items()}


def paths():
    """Yield the paths of these stages."""
    yield from _approvals()
    yield from _agreed()
    yield from _unreleased()
    yield from _undrafted()


def _approvals():
    state = "select state, approved_by_id, submitted_by_id from paper_production_plan where id = {id}"
    values = {"state": "approved", "approved_by_id": 2, "approved_on": "2026-01-01 08:00:00"}
    yield from forge("plan", "plan approved", "paper.production.plan", submitted, {"state": "approved"}, {})
    yield from forge("plan", "plan with an approver", "paper.production.plan", submitted, values, {})
    yield from calls("plan", "paper.production.plan", submitted, {"action_approve": None}, state, APPROVERS)
    yield from calls("plan", "paper.production.plan", submitted, {"action_return": {"reason": "门"}}, state, APPROVERS + PLANNERS)
    yield from calls("plan", "paper.production.plan", submitted, {"action_cancel": None}, state, PLANNERS)
    yield Path(
        "what waits for approval, deleted",
        "plan",
        # Next door it is a draft, which its own planning deletes.
        lambda mill, company: submitted(mill, company) if company == 1 else None,
        lambda p, s: p.call("paper.production.plan", "unlink", [s["id"]]),
        "select count(*) from paper_production_plan where id = {id}",
    )
    yield Path(
        "what waits for approval, emptied",
        "plan",
        submitted,
        lambda p, s: p.write("paper.production.plan", s["id"], {"production_ids": [(5,)]}),
        "select count(*) from mrp_production where paper_plan_id = {id}",
        APPROVERS + PLANNERS,
    )


def _agreed():
    """After approval quantity, paper, order, dates and existence are the plan's."""
    for field, value in {
        "product_qty": lambda s: {"product_qty": 90000},
        "specification": lambda s: {"paper_spec_id": s["spec"]},
        "order line": lambda s: {"sale_line_id": False},
        "start": lambda s: {"date_start": "2030-01-01 00:00:00"},
        "end": lambda s: {"date_finished": "2030-01-01 00:00:00"},
        "bill of materials": lambda s: {"bom_id": False},
        "plan": lambda s: {"paper_plan_id": False},
        "company": lambda s: {"company_id": 2},
    }.items():
        yield from forge("plan", f"agreed, {field}", "mrp.production", approved, value, allowed=APPROVERS, create=False)
    state = "select state, paper_plan_id, product_qty::numeric(20,3), date_start from mrp_production where id = {id}"
    methods = dict.fromkeys(("action_cancel", "button_unplan", "button_plan", "action_split", "action_merge", "do_unreserve"))
    yield from calls("plan", "mrp.production", approved, methods, state, APPROVERS)
    for name, call in {
        "deleted": lambda p, s: p.call("mrp.production", "unlink", [s["id"]]),
        "quantity by its dialog": _change_quantity,
        "components removed": lambda p, s: p.write("mrp.production", s["id"], {"move_raw_ids": [(2, s["raw"])]}),
        "components halved": lambda p, s: p.write("stock.move", s["raw"], {"product_uom_qty": 1}),
        "archived": lambda p, s: p.call("mrp.production", "action_archive", [s["id"]]),
    }.items():
        yield Path(
            f"agreed, {name}",
            "plan",
            approved,
            call,
            "select state, product_qty::numeric(20,3), (select count(*) || ' ' || sum(product_uom_qty)::numeric(20,3) "
            "from stock_move where raw_material_production_id = {id} and state != 'cancel') from mrp_production where id = {id}",
            APPROVERS,
        )
    plan = "select state, date_from, date_to, note, (select count(*) from mrp_production where paper_plan_id = {plan}) "
    plan += "from paper_production_plan where id = {plan}"
    for name, call in {
        "plan deleted": lambda p, s: p.call("paper.production.plan", "unlink", [s["plan"]]),
        "plan cancelled": lambda p, s: p.call("paper.production.plan", "action_cancel", [s["plan"]]),
        "plan emptied": lambda p, s: p.write("paper.production.plan", s["plan"], {"production_ids": [(5,)]}),
        "plan moved": lambda p, s: p.write("paper.production.plan", s["plan"], {"date_from": "2030-01-01", "date_to": False}),
        "plan back to draft": lambda p, s: p.write("paper.production.plan", s["plan"], {"state": "draft"}),
        "order taken out": lambda p, s: p.write("paper.production.plan", s["plan"], {"production_ids": [(3, s["id"])]}),
        "order deleted by its plan": lambda p, s: p.write("paper.production.plan", s["plan"], {"production_ids": [(2, s["id"])]}),
    }.items():
        yield Path(f"agreed, {name}", "plan", approved, call, plan, APPROVERS)


def _change_quantity(person, s):
    wizard = person.create("change.production.qty", {"mo_id": s["id"], "product_qty": 91000})
    person.call("change.production.qty", "change_prod_qty", [wizard])


def _unreleased():
    """Nothing is made that no approved plan holds."""
    state = """select state, qty_producing::numeric(20,3), (select count(*) from mrp_workorder where production_id = {id}
        and state in ('progress', 'done')), (select count(*) from paper_production_record where production_id = {id})
        from mrp_production where id = {id}"""
    methods = dict.fromkeys(("button_mark_done", "button_plan", "action_start", "set_qty_producing"))
    yield from calls("produce", "mrp.production", loose, methods, state)
    for name, call in {
        "work order begun": lambda p, s: p.call("mrp.workorder", "button_start", [s["work"]]),
        "work order finished": lambda p, s: p.call("mrp.workorder", "button_finish", [s["work"]]),
        "work order written": lambda p, s: p.write("mrp.workorder", s["work"], {"state": "progress"}),
        "work order's quantity": lambda p, s: p.write("mrp.workorder", s["work"], {"qty_producing": 5, "state": "done"}),
        "quantity producing": lambda p, s: p.write("mrp.production", s["id"], {"qty_producing": 500}),
        "material picked": lambda p, s: p.write("stock.move", s["raw"], {"quantity": 10, "picked": True}),
        "material by the order": lambda p, s: p.write(
            "mrp.production", s["id"], {"move_raw_ids": [(1, s["raw"], {"quantity": 10, "picked": True})]}
        ),
        "material done": lambda p, s: p.write("stock.move", s["raw"], {"state": "done"}),
        "product done": lambda p, s: p.write("stock.move", s["made"], {"state": "done"}),
        "product picked": lambda p, s: p.write("stock.move", s["made"], {"quantity": 10, "picked": True}),
        "time written": lambda p, s: p.create(
            "mrp.workcenter.productivity", {"workorder_id": s["work"], "workcenter_id": 1, "loss_id": 7}
        ),
        "production record": lambda p, s: p.create("paper.production.record", {"production_id": s["id"]}),
    }.items():
        yield Path(f"unreleased, {name}", "produce", loose, call, state)
    yield from forge("produce", "unreleased, state", "mrp.production", loose, {"state": "progress"}, create=False)
    yield from forge("produce", "unreleased, done", "mrp.production", loose, {"state": "done"}, create=False)
    # Into a plan that the supervisor has approved nothing is put behind his back.
    yield from forge(
        "produce",
        "put into an approved plan",
        "mrp.production",
        loose,
        lambda s: {"paper_plan_id": s["plan"]},
        lambda s: {"product_id": s["product"], "product_qty": 500},
        allowed=APPROVERS,
    )
    for name, values in {
        "other quantity": {"product_qty": 99_000_000},
        "done by hand": {"state": "done"},
    }.items():
        yield from forge("produce", f"being made, {name}", "mrp.production", running, values, allowed=APPROVERS, create=False)
    entered = """select coalesce(sum(quantity), 0) from stock_move
        where production_id = {id} and state = 'done'"""
    yield Path("being made, far more than ordered", "produce", running, _make_far_too_much, entered, APPROVERS)


def _make_far_too_much(person, subject):
    person.write("mrp.production", subject["id"], {"qty_producing": 99_000_000})
    skipped = {"skip_backorder": True, "skip_consumption": True, "skip_immediate": True}
    person.call("mrp.production", "button_mark_done", [subject["id"]], context=skipped)


def _undrafted():
    """What is not confirmed is neither planned nor made."""
    released = """select count(*) from mrp_production m join sale_order_line l on l.id = m.sale_line_id
        join sale_order o on o.id = l.order_id left join paper_production_plan p on p.id = m.paper_plan_id
        where o.state in ('draft', 'sent', 'cancel') and (p.state in ('submitted', 'approved')
        or m.state in ('progress', 'to_close', 'done'))"""
    yield Path("order of a draft planned", "plan", draft_order, _plan_draft, released)
    yield Path("order of a draft made", "produce", draft_order, _make_draft, released)


def _order_of_draft(person, s):
    values = {"product_id": s["product"], "product_qty": 1000, "sale_line_id": s["line"], "company_id": s["company"]}
    production = person.create("mrp.production", values)
    person.call("mrp.production", "action_confirm", [production])
    return production


def _plan_draft(person, s):
    plan = person.create("paper.production.plan", {"production_ids": [(4, _order_of_draft(person, s))]})
    person.call("paper.production.plan", "action_submit", [plan])


def _make_draft(person, s):
    production = _order_of_draft(person, s)
    person.write("mrp.production", production, {"qty_producing": 1000})
    person.call("mrp.production", "button_mark_done", [production])
