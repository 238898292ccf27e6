"""One step with a record at a time, whoever takes it."""

from odoo.exceptions import LockError

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
