# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The words of a mail as a letter: its text, that of a mail passed on inside it, and when it was written."""

import datetime
import email
import email.policy
import email.utils
from dataclasses import dataclass

from .order_mail import MAX_WORDS, _charset, _content, _decoded, _file_name, _header


@dataclass(frozen=True)
class LetterSource:
    """What a mail says: ``subject`` with those of mails inside, ``text`` and ``html``, the ``cover`` words around a mail inside,
    the day on which it was written (None if it does not say)."""

    subject: str = ""
    text: str = ""
    html: str = ""
    cover: str = ""
    day: datetime.date | None = None
    answers: bool = False
    is_news: bool = False


def letter_of(source):
    """Return the :class:`LetterSource` of a mail's source (bytes).

    >>> letter = letter_of(b"Subject: PO 1\\nDate: Tue, 01 Dec 2026 01:30:00 +0000\\n\\n2 t, please")
    >>> letter.subject, letter.text, letter.day
    ('PO 1', '2 t, please', datetime.date(2026, 12, 1))
    """
    message = email.message_from_bytes(source, policy=email.policy.compat32)
    inside = next((part for part in message.walk() if part.get_content_type() == "message/rfc822"), None)
    letter = inside.get_payload()[0] if inside is not None and isinstance(inside.get_payload(), list) else message
    text, html = _words(letter)
    cover = "" if letter is message else _words(message)[0]
    subjects = [_header(message, "Subject")] + ([_header(letter, "Subject")] if letter is not message else [])
    return LetterSource(
        subject=" ".join(subjects),
        text=text,
        html=html,
        cover=cover,
        day=_day(letter) or _day(message),
        answers=bool(message.get("In-Reply-To") or message.get("References")),
        is_news=bool(message.get("List-Unsubscribe") or message.get("List-Id")),
    )


def _words(root):
    """The plain words and the HTML of a mail, without those of mails inside it."""
    text, html, waiting = [], [], [root]
    while waiting:
        part = waiting.pop(0)
        kind = part.get_content_type()
        if kind == "message/rfc822" and part is not root:
            continue
        if part.is_multipart():
            waiting = [*part.get_payload(), *waiting]
        elif kind in ("text/plain", "text/html") and not _file_name(part):
            words = _decoded(_content(part)[:MAX_WORDS], _charset(part))
            (text if kind == "text/plain" else html).append(words)
    return "\n".join(text), "\n".join(html)


def _day(message):
    try:
        return email.utils.parsedate_to_datetime(_header(message, "Date")).date()
    except (TypeError, ValueError, IndexError):
        return None
