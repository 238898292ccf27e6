from odoo.tools import SQL


def store_columns(records, names, rows):
    """Store values of many records in one statement, past the ORM: they follow from documents, nobody changed the records.

    :param names: of stored fields
    :param rows: ``(id, *values)`` of some of the records, the values in the order of ``names``
    """
    if not rows:
        return
    table, columns = SQL.identifier(records._table), [SQL.identifier(name) for name in names]
    typed = ", ".join(f"%s::{records._fields[name].column_type[0]}" for name in names)
    given = SQL(", ").join(SQL(f"(%s, {typed})", *row) for row in rows)
    told = SQL(", ").join([SQL.identifier("id"), *columns])
    assigned = SQL(", ").join(SQL("%s = given.%s", column, column) for column in columns)
    records.env.cr.execute(
        SQL("UPDATE %s SET %s FROM (VALUES %s) given (%s) WHERE %s.id = given.id", table, assigned, given, told, table)
    )
