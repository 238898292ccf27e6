"""Whoever writes a message writes in the own name, now."""

from odoo.tools.mail import email_normalize

from ...exceptions import VoiceError
from .permit import is_system


def is_own_address(env, email_from):
    own = env.user.partner_id
    return email_from == own.email_formatted or (email_normalize(email_from) or "") == (own.email_normalized or None)


def check_voice(env, values):
    """Refuse what a person says about who writes and when; the system, in sudo, writes for whom it serves.

    :param values: of a message; what is left out, or None, is the person's own
    :raises VoiceError: for another author, another sender's address, or another time
    """
    if is_system(env) or env.user._is_public():
        return
    author = values.get("author_id")
    own = author is None or author == env.user.partner_id.id
    sender = values.get("email_from")
    if not own or values.get("author_guest_id") or (sender and not is_own_address(env, sender)):
        raise VoiceError(env._("Everybody writes in the own name: leave out who writes it."))
    if values.get("date") or values.get("create_date"):
        raise VoiceError(env._("A message is of the moment in which it is written: leave out the date."))
