"""Confirming an order of paper without its contract, and changing its draft as somebody else than sales."""

from doors_try import KEYS, Passed, Path, calls, forge, run_code

# The management has the rights of sales in Odoo.
SELLERS = ("sales", "online", "management", "admin")
# Whatever the path: no order of paper is confirmed that has no contract in force.
UNCONTRACTED = """select count(*) from sale_order o where o.state in ('sale', 'done') and o.is_paper_order
    and not exists (select 1 from paper_contract c where c.order_id = o.id and c.state = 'in_force')
    and not exists (select 1 from sale_order_line l where l.order_id = o.id and l.product_uom_qty = 0)"""
DRAFT = """select o.id as id, l.id as line, l.product_id as product, l.product_uom_id as uom, o.partner_id as partner,
    o.company_id as company from sale_order o join sale_order_line l on l.order_id = o.id
    where o.state = 'draft' and o.is_paper_order and o.company_id = {company}
    and not exists (select 1 from paper_contract c where c.order_id = o.id and c.state = 'in_force') order by o.id, l.id"""


def draft(mill, company):
    """Return a draft of a paper order without a contract in force."""
    found = mill.row(DRAFT.format(company=mill.company(company)))
    return found and {"service": mill.ids["service"], **{name: int(value) for name, value in found.items()}}


def in_force(mill, company):
    """Return an order whose contract is in force."""
    found = mill.row(
        "select o.id as id, l.id as line from sale_order o join sale_order_line l on l.order_id = o.id "
        "join paper_contract c on c.order_id = o.id "
        f"where c.state = 'in_force' and o.state = 'sale' and o.company_id = {mill.company(company)} order by o.id"
    )
    return found and {name: int(value) for name, value in found.items()}


def _given(s):
    line = {"product_id": s["product"], "product_uom_qty": 1000}
    return {"partner_id": s["partner"], "order_line": [(0, 0, line)]}


def _without_flag(person, s):
    """Take the order, then the product, for something else than paper, confirm, and call it paper again."""
    person.write("sale.order", s["id"], {"is_paper_order": False})
    person.call("sale.order", "action_confirm", [s["id"]])


def _product_flag(person, s):
    product = person.read("product.product", s["product"], "product_tmpl_id")["product_tmpl_id"][0]
    person.write("sale.order.line", s["line"], {"paper_spec_id": False})
    person.write("product.template", product, {"is_paper": False})
    try:
        person.call("sale.order", "action_confirm", [s["id"]])
    finally:
        person.write("product.template", product, {"is_paper": True})


def _paper_into_confirmed(person, s):
    line = {"product_id": s["service"], "product_uom_qty": 1}
    order = person.create("sale.order", {"partner_id": s["partner"], "order_line": [(0, 0, line)]})
    person.call("sale.order", "action_confirm", [order])
    person.write("sale.order", order, {"order_line": [(0, 0, {"product_id": s["product"], "product_uom_qty": 1000})]})


def _swap_product(person, s):
    line = {"product_id": s["service"], "product_uom_qty": 1}
    order = person.create("sale.order", {"partner_id": s["partner"], "order_line": [(0, 0, line)]})
    person.call("sale.order", "action_confirm", [order])
    line = person.read("sale.order", order, "order_line")["order_line"][0]
    person.write("sale.order.line", line, {"product_id": s["product"]})


def _move_line(person, s):
    line = {"product_id": s["service"], "product_uom_qty": 1}
    order = person.create("sale.order", {"partner_id": s["partner"], "order_line": [(0, 0, line)]})
    person.call("sale.order", "action_confirm", [order])
    person.write("sale.order.line", s["line"], {"order_id": order})


def _down_payment(person, s):
    wizard = person.call(
        "sale.advance.payment.inv",
        "create",
        [{"advance_payment_method": "percentage", "amount": 10, "sale_order_ids": [(6, 0, [s["id"]])]}],
        context={"active_model": "sale.order", "active_ids": [s["id"]], "active_id": s["id"]},
    )
    person.call("sale.advance.payment.inv", "create_invoices", wizard)


def _portal(address, **values):
    def call(person, s):
        answer = person.post(address.format(**s), values)
        if isinstance(answer, dict) and answer.get("success"):
            raise Passed(str(answer)[:100])

    return call


def _stated(person, s):
    """Have the confirmation run by somebody whom the person names in a server action."""
    run_code(person, "sale.order", [s["id"]], "records.with_user(1).sudo().action_confirm()")


def _written_in_code(person, s):
    run_code(person, "sale.order", [s["id"]], "env.cr.execute; records.sudo().write({'state': 'sale'})")


def paths():
    """Yield the paths of this stage."""
    given = _given
    yield from forge("confirm", "order confirmed", "sale.order", draft, {"state": "sale"}, given)
    yield from forge("confirm", "no order of paper", "sale.order", draft, {"is_paper_order": False}, given)
    methods = dict.fromkeys(("action_confirm", "action_lock", "_action_confirm", "_validate_order"))
    yield from calls("confirm", "sale.order", draft, methods, UNCONTRACTED)
    for name, call in {
        "cancel, draft, confirm": lambda p, s: [
            p.call("sale.order", method, [s["id"]]) for method in ("action_draft", "action_confirm")
        ],
        "flag of the order off": _without_flag,
        "flag of the product off": _product_flag,
        "paper into a confirmed order": _paper_into_confirmed,
        "product of a confirmed order swapped": _swap_product,
        "line moved into a confirmed order": _move_line,
        "server action": _stated,
        "server action that writes": _written_in_code,
        "portal: accept": _portal("/my/orders/{id}/accept", name="林晨光", signature="iVBORw0KGgo="),
        "portal: accept with a token": _portal("/my/orders/{id}/accept", name="林", signature="iV", access_token="x" * 36),
        "confirmed by a line": lambda p, s: p.write("sale.order.line", s["line"], {"state": "sale"}),
        "confirmed by web_save of a new one": lambda p, s: p.call(
            "sale.order", "web_save", [], {**_given(s), "state": "sale"}, specification={}, context=KEYS
        ),
        "call_button": lambda p, s: p.post(
            "/web/dataset/call_button/sale.order/action_confirm",
            {"model": "sale.order", "method": "action_confirm", "args": [[s["id"]]], "kwargs": {"context": {"lang": p.lang}}},
        ),
    }.items():
        yield Path(name, "confirm", draft, call, UNCONTRACTED)
    yield Path(
        "down payment of a draft",
        "confirm",
        draft,
        _down_payment,
        "select count(*) from sale_order_line where order_id = {id} and is_downpayment",
    )
    yield from _overrides()
    yield from _drafts()
    yield from _terms()


def _overrides():
    """No blocker is overridden without the role, and by nobody without a reason."""
    count = "select count(*) from paper_blocker_override"
    for step in ("evaluate", "contract", "confirm", "plan", "produce", "dispatch"):
        yield Path(
            f"override of {step}",
            "confirm",
            draft,
            lambda p, s, step=step: p.create(
                "paper.blocker.override", {"order_id": s["id"], "step": step, "code": "credit", "reason": "门"}
            ),
            count,
            ("credit", "management", "admin"),  # whose blocker it is
        )
        for reason in (False, "", " ", "​", "."):
            yield Path(
                f"override of {step} because of {reason!r}",
                "confirm",
                draft,
                lambda p, s, step=step, reason=reason: p.create(
                    "paper.blocker.override", {"order_id": s["id"], "step": step, "code": "credit", "reason": reason}
                ),
                count,
            )


def _drafts():
    """Departments read drafts of orders; sales writes them."""
    lines = {"price_unit": 0.01, "product_uom_qty": 7, "discount": 99, "paper_quantity": 3, "price_subtotal": 1, "price_total": 1}
    for field, value in lines.items():
        for way, call in {
            "write": lambda p, s, v: p.write("sale.order.line", s["line"], v),
            "by its order": lambda p, s, v: p.write("sale.order", s["id"], {"order_line": [(1, s["line"], v)]}),
        }.items():
            yield Path(
                f"line of a draft, {field}: {way}",
                "confirm",
                draft,
                lambda p, s, call=call, values={field: value}: call(p, s, values),
                f"select {field}::numeric(20,4) from sale_order_line where id = {{line}}",
                SELLERS if field not in ("price_subtotal", "price_total") else (),
            )
    orders = {"client_order_ref": "X", "commitment_date": "2027-01-01 00:00:00", "note": "<p>x</p>", "name": "S99999"}
    for field, value in orders.items():
        yield from forge("confirm", f"draft, {field}", "sale.order", draft, {field: value}, allowed=SELLERS, create=False)
    for field in ("amount_total", "amount_untaxed", "amount_tax"):
        yield from forge("confirm", f"draft, {field}", "sale.order", draft, {field: 1}, create=False)
    for method in ("action_cancel", "action_lock"):
        yield Path(
            f"draft, {method}",
            "confirm",
            draft,
            lambda p, s, method=method: p.call("sale.order", method, [s["id"]]),
            "select state, locked from sale_order where id = {id}",
            SELLERS,
        )


def _terms():
    """What both sides signed stays as it is, whoever writes."""
    lines = {
        "price_unit": 0.01,
        "product_uom_qty": 7,
        "discount": 50,
        "price_subtotal": 1,
        "price_total": 1,
        "price_tax": 1,
        "paper_weight_kg": 1,
        "purchase_price": 1,
        "qty_delivered": 1,
        "qty_invoiced": 1,
        "is_downpayment": True,
        "is_expense": True,
    }
    for field, value in lines.items():
        cast = "::text" if isinstance(value, bool) else "::numeric(20,4)"
        yield Path(
            f"line in force, {field}",
            "confirm",
            in_force,
            lambda p, s, values={field: value}: p.write("sale.order.line", s["line"], values),
            f"select {field}{cast} from sale_order_line where id = {{line}}",
        )
    orders = {
        "amount_total": 1,
        "amount_untaxed": 1,
        "name": "S99998",
        "note": "<p>changed</p>",
        "date_order": "2020-01-01 00:00:00",
        "commitment_date": "2030-01-01 00:00:00",
        "locked": True,
        "state": "draft",
        "incoterm": 1,
    }
    for field, value in orders.items():
        yield from forge("confirm", f"order in force, {field}", "sale.order", in_force, {field: value}, create=False)
    extra = {"name": "x", "product_uom_qty": 1, "price_unit": -99999}
    for flags in ({}, {"is_downpayment": True}, {"is_expense": True}, {"display_type": "line_note", "product_uom_qty": 0}):
        yield Path(
            f"order in force, another line {flags}",
            "confirm",
            in_force,
            lambda p, s, flags=flags: p.write("sale.order", s["id"], {"order_line": [(0, 0, {**extra, **flags})]}),
            "select count(*) from sale_order_line where order_id = {id}",
        )
    for method in ("action_cancel", "action_draft", "action_unlock"):
        yield Path(
            f"order in force, {method}",
            "confirm",
            in_force,
            lambda p, s, method=method: p.call("sale.order", method, [s["id"]]),
            "select state from sale_order where id = {id}",
        )
    yield Path(
        "order in force, deleted",
        "confirm",
        in_force,
        lambda p, s: p.call("sale.order", "unlink", [s["id"]]),
        "select count(*) from sale_order where id = {id}",
    )
