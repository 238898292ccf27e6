"""How a department without the rights of sales reads an order: the whole of it (R4.2.2), without the records
behind it that are another department's."""

from ...exceptions import OrderRightError


def is_department_reader(env):
    """Say whether the user reads orders for his department only, without the rights of sales."""
    user = env.user
    return user.has_group("paper_base.group_paper_user") and not user.has_group("sales_team.group_sale_salesman")


def computing_records(records, field):
    """Return ``records`` with the rights to compute ``field``, which may count another department's records."""
    if is_department_reader(records.env) and not {"uid", "su"} & set(records.pool.field_depends_context[field]):
        # sudo: the form counts deliveries, invoices and the like, that only some departments may read
        return records.sudo()
    return records


def unreadable_lists(records, specification):
    """Return the x2many fields of a ``web_read`` specification whose records the user may not read at all."""
    if not is_department_reader(records.env):
        return set()
    fields = records._fields
    return {
        name
        for name in specification
        if name in fields
        and fields[name].type in ("one2many", "many2many")
        and not records.env[fields[name].comodel_name].has_access("read")
    }


def changed_by_sales(records, operation):
    """Return what refuses this person to change ``records`` of orders, as ``_check_access`` does; None if nothing does.

    The rights that Odoo gives stock, production and accounting to orders are for what their documents do to an order. That
    is the system's to do, with ``sudo()`` and a reason; a person of another department changes no order (R4.2.2).
    """
    user = records.env.user
    # A customer is no department: Odoo refuses him, and names no order.
    if operation == "read" or user.has_group("sales_team.group_sale_salesman") or not user._is_internal():
        return None
    if is_department_reader(records.env):
        refused = records
    else:
        refused = records.filtered(lambda record: record.sudo()._is_of_paper_order())  # sudo: see _check_blockers
        if not refused:
            return None
    return refused, lambda: OrderRightError(_refused_change_message(refused))


def _refused_change_message(records):
    env = records.env
    # sudo: only the name of the department is shown
    sales = env.ref("paper_base.group_sales").sudo().name
    # sudo: whoever may read an order reads its number; no other order is named
    names = ", ".join(records._filtered_access("read").sudo().mapped("display_name"))
    if not names:
        return env._("Orders are entered and changed by %(department)s; other departments read them.", department=sales)
    return env._(
        "%(orders)s: an order is changed by %(department)s; other departments read it. Ask them in its messages.",
        orders=names,
        department=sales,
    )
