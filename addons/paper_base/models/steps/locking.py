"""One step with a record at a time, whoever takes it."""

from odoo.exceptions import LockError
from odoo.tools import SQL

from ...exceptions import RecordBusyError


def lock_or_tell(records, error=RecordBusyError):
    """Keep the records for this transaction; who comes second at the same moment is told so.

    :param error: class of what is raised
    :raises RecordBusyError: naming the records, if another transaction has one of them
    """
    records = records.sudo()  # sudo: the lock is the system's; it writes nothing, and who may act was checked
    try:
        records.lock_for_update()
    except LockError as locked:
        raise error(
            records.env._(
                "Somebody else is working on %(names)s at this moment. Look at the result before you go on.",
                names=", ".join(records.mapped("display_name")),
            )
        ) from locked


def pass_in_turn(records, counter=None):
    """Let one transaction at a time pass that takes of what these records hold, or adds to it.

    What is left is summed up from other records, and two transactions do not see each other's. Both write in the same
    rows, so the later one fails to serialise, is tried again by the server, and then sees the first.

    :param counter: field that counts who passed; without one, nothing of the records changes
    """
    if not records:
        return
    written = SQL("write_date = write_date")
    if counter:
        written = SQL("%(counter)s = COALESCE(%(counter)s, 0) + 1", counter=SQL.identifier(counter))
    records.env.execute_query(
        SQL("UPDATE %s SET %s WHERE id IN %s RETURNING id", SQL.identifier(records._table), written, tuple(sorted(records.ids)))
    )
