"""Every term of an agreed order, tried to be changed one by one: for the tests of all addons."""

from datetime import timedelta

from odoo import Command


def other_value(record, name):
    """Return a value that a field of the record does not have, None where there is no other one."""
    field, own = record._fields[name], record[name]
    if field.type == "boolean":
        return not own
    if field.type in ("integer", "float", "monetary"):
        return own + 1
    if field.type in ("char", "text", "html"):
        return f"{own or ''} other"
    if field.type in ("date", "datetime"):
        return own + timedelta(days=1) if own else "2031-01-02"
    if field.type == "selection":
        return next((value for value in field.get_values(record.env) if value != own), None)
    if field.type == "json":
        return {"other": True}
    if field.type == "binary":
        return "aGFuZA=="
    other = record.env[field.comodel_name].sudo().search([("id", "not in", own.ids)], limit=1)
    if field.type == "many2one":
        return other.id or None
    return [Command.clear()] if own else [Command.link(other.id)] if other else None


def assert_terms_fixed(test, order, users, error):
    """Try to change each term of a confirmed order and of its first line, as each user.

    :return: how many terms were tried
    """
    tried = 0
    for record in (order, order.order_line[:1]):
        for name in dict.fromkeys(record._fixed_fields()):
            value = other_value(record, name) if name in record._fields else None
            if value is None:
                continue
            tried += 1
            for user in users:
                with test.subTest(field=f"{record._name}.{name}", user=user.login):
                    with test.assertRaises(error), test.env.cr.savepoint():
                        record.with_user(user).write({name: value})
                    test.env.invalidate_all()
    return tried


def extra_lines(order, product):
    """Return the values of lines that would change what an order says, by kind."""
    plain = {"order_id": order.id, "product_id": product.id, "product_uom_qty": 1}
    return {
        "negative": {**plain, "price_unit": -99999},
        "positive": {**plain, "price_unit": 99999},
        "free": {**plain, "price_unit": 0},
        "expense": {**plain, "price_unit": -99999, "is_expense": True},
        "down payment": {**plain, "price_unit": -99999, "is_downpayment": True},
        "section": {"order_id": order.id, "display_type": "line_section", "name": "Price: 1 a tonne"},
        "note": {"order_id": order.id, "display_type": "line_note", "name": "Payable in a year"},
    }
