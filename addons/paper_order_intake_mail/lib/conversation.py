# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the heads of a mail say of the conversation that it belongs to: what it answers, who wrote what is enclosed in it."""

import email.utils
import re

# Many programs keep the whole conversation in it; the newest stand last.
MAX_REFERENCES = 32
_ID = re.compile(r"<[^<>\s]{3,900}>")


def references(message):
    """Return the Message-Ids that a mail (``email.message.Message``) answers or goes on with, the newest first.

    >>> import email
    >>> references(email.message_from_string("References: <old@x> <new@x>\\nIn-Reply-To: <new@x>\\n\\n"))
    ['<new@x>', '<old@x>']
    """
    named = [*_ID.findall(str(message.get("References") or "")), *_ID.findall(str(message.get("In-Reply-To") or ""))]
    return list(dict.fromkeys(reversed(named)))[:MAX_REFERENCES]


def enclosed_senders(message):
    """Return the addresses (lower case) of the senders of mails that are enclosed in a mail as files.

    :param message: ``email.message.Message``
    """
    inner = [
        enclosed
        for part in message.walk()
        if part.get_content_type() == "message/rfc822" and isinstance(part.get_payload(), list)
        for enclosed in part.get_payload()[:1]
    ]
    found = [email.utils.parseaddr(str(enclosed.get("From") or ""))[1].lower() for enclosed in inner]
    return list(dict.fromkeys(filter(None, found)))
