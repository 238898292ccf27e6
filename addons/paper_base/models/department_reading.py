"""How a department without the rights of sales reads an order: the whole of it (R4.2.2), without the records
behind it that are another department's."""


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
