"""What a client sends and nobody can read, or two people send at once, is answered with a sentence."""

import logging
import math

import psycopg2
from odoo.exceptions import LockError

from .exceptions import RecordBusyError, UnreadableInputError

# What Python and PostgreSQL say of a value of another kind than the one that is asked for.
MISREAD = (
    TypeError,
    ValueError,
    AttributeError,
    LookupError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    psycopg2.DataError,
    psycopg2.NotSupportedError,
    psycopg2.ProgrammingError,
)
BUSY = (
    LockError,
    psycopg2.errors.DeadlockDetected,
    psycopg2.errors.LockNotAvailable,
    psycopg2.errors.SerializationFailure,
)
# Methods that every model has: whether there is such a button the client says, not we.
EVERYWHERE = ("action_archive", "action_unarchive")
# Pages that customers of the mill open, the addon's of others among them.
PAGES = ("odoo.addons.paper_", "odoo.addons.helpdesk_mgmt.controllers")


def check_readable(env, value):
    """Refuse what no database keeps: the character NUL in a text, a number that is none or infinite.

    :raises UnreadableInputError: wherever it stands in lists and dictionaries
    """
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            waiting += [*found.keys(), *found.values()]
        elif isinstance(found, (list, tuple)):
            waiting += found
        elif (isinstance(found, str) and "\0" in found) or (isinstance(found, float) and not math.isfinite(found)):
            raise UnreadableInputError(
                env._("What was sent holds a character or a number that cannot be kept. Nothing was changed; enter it anew.")
            )


def in_words(env, error, sent):
    """Return the error that people read instead of one of the programming language or the database, else the same.

    :param sent: whether a client had a say in the values that led to it
    """
    if isinstance(error, BUSY) and not isinstance(error, RecordBusyError):
        told = RecordBusyError(
            env._("Somebody else is working on this at this moment. Nothing was changed; try again in a moment.")
        )
    elif isinstance(error, MISREAD) and sent:
        told = UnreadableInputError(
            env._(
                "What was sent cannot be read as it stands: a date, a number or a choice of another kind is expected. "
                "Nothing was changed."
            )
        )
    else:
        return error
    told.__cause__ = error
    return told


def in_log(error, origin):
    """Have the log keep, as a warning, where an error came from that is told in other words: it may be a fault of ours.

    :param error: what the server catches in the end; it is returned
    """
    error.loglevel = logging.WARNING
    error.exc_info = (type(origin), origin, origin.__traceback__)
    return error


def is_of_client(params, routing_type, error):
    """Say whether a client chose values that a request worked with, beyond which button was pressed on what."""
    modules = []
    frame = error.__traceback__
    while frame:
        modules.append(frame.tb_frame.f_globals.get("__name__", ""))
        frame = frame.tb_next
    if routing_type != "http":
        # The call itself did not fit the method, or it was more than a button.
        return modules[-1:] == ["odoo.service.model"] or not _is_button(params)
    return bool(params) and any(name.startswith(PAGES) for name in modules)


def _is_button(params):
    """Say whether a button was pressed on records, or a menu of a server action, and nothing else sent: what fails then is
    a fault of ours, shown as one.
    """
    if type(params.get("action_id")) is int:
        return True
    method = str(params.get("method"))
    if not method.startswith(("action_", "button_")) or method in EVERYWHERE:
        return False
    args, kwargs = params.get("args"), params.get("kwargs")
    if not isinstance(args, list) or len(args) != 1 or not isinstance(kwargs, dict) or kwargs.keys() - {"context"}:
        return False
    ids = args[0] if isinstance(args[0], list) else [args[0]]
    if not ids or not all(type(number) is int and 0 < number < 2**31 for number in ids) or len(ids) != len(set(ids)):
        return False
    context = kwargs.get("context") or {}
    return isinstance(context, dict) and not any(key.startswith("default_") for key in context)
