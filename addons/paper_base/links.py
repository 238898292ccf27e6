"""For migrations: tokens that a module kept in clear text become links of which only the hash is kept."""

from odoo.tools import SQL


def carry_over(cr, model, table, column, purpose, expires=None):
    """Make the links that were sent go on working, and empty the column that held their tokens.

    :param model: name of the documents' model, ``table`` their table
    :param column: column of the token
    :param purpose: what the link is good for, see ``paper.link.mixin``
    :param expires: column of its end, if it has one
    """
    cr.execute(
        SQL(
            """INSERT INTO paper_link (res_model, res_id, purpose, token_hash, expires_on, uses_left, create_date)
               SELECT %s, id, %s, encode(sha256(convert_to(%s, 'UTF8')), 'hex'), %s, -1, now() AT TIME ZONE 'UTC'
               FROM %s WHERE %s IS NOT NULL AND %s <> '' ON CONFLICT DO NOTHING""",
            model,
            purpose,
            SQL.identifier(column),
            SQL.identifier(expires) if expires else SQL("NULL"),
            SQL.identifier(table),
            SQL.identifier(column),
            SQL.identifier(column),
        )
    )
    cr.execute(SQL("UPDATE %s SET %s = NULL WHERE %s IS NOT NULL", *map(SQL.identifier, (table, column, column))))
