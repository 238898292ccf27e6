# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What an e-mail brings: its words, and the files in it that may be order books. Also out of a winmail.dat.

Pictures, signatures, visiting cards and invitations are no files of an order. An answer that a program gave, and a
mail that came back, are no order whatever they hold.
"""

import email
import email.parser
import email.policy
import email.utils
import hashlib
import logging
import re
from dataclasses import dataclass, field

from .charset import readable, wide
from .conversation import enclosed_senders, references

MAX_PARTS = 200
MAX_FILES = 50
# A mail's words stand at its beginning, before its files.
MAX_WORDS = 2**20
READABLE = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".dat", ".txt", ".pdf")
_TNEF_SIGNATURE = b"\x78\x9f\x3e\x22"
_NO_FILE_TYPES = {
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    "application/pgp-encrypted",
    "text/calendar",
    "text/vcard",
    "text/x-vcard",
    "text/directory",
}
_READABLE_TYPES = {
    "text/csv": ".csv",
    "application/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
_RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_AUTO_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "X-Mail-Autoreply")
_AUTO_SUBJECT = re.compile(
    r"\s*(automatic reply|auto[ -]?reply|auto[ -]?response|autoresponder|out of (the )?office"
    r"|自动回复|自动答复|自動回覆|自動回復|休假回复|不在办公室|automatische antwort|abwesenheitsnotiz|réponse automatique)",
    re.IGNORECASE,
)
_BOUNCERS = re.compile(r"(mailer-daemon|postmaster|mail\.daemon)@", re.IGNORECASE)


@dataclass(frozen=True)
class MailFile:
    """A file of a mail: place in the mail (text, unique there), name, bytes and the type that the sender gave it."""

    place: str
    name: str
    content: bytes
    kind: str = ""


@dataclass(frozen=True)
class Mail:
    """A mail as far as orders go.

    :param message_id: its Message-Id, "" if it has none
    :param sender: address, lower case; :param subject: text
    :param auto: "auto_reply", "bounce" or None: no order whatever is in it
    :param references: Message-Ids that it answers, the newest first; :param enclosed: senders of mails enclosed as files
    :param files: list of :class:`MailFile` that may be read; :param others: further ones, as drawings and scans
    """

    message_id: str = ""
    sender: str = ""
    subject: str = ""
    auto: str | None = None
    references: list = field(default_factory=list)
    enclosed: list = field(default_factory=list)
    files: list = field(default_factory=list)
    others: list = field(default_factory=list)


def read_mail(source):
    """Return the :class:`Mail` of a mail's source (bytes); whatever it is, it raises nothing.

    >>> mail = read_mail(b"From: Li <Li@Hua.example>\\nSubject: order\\nMessage-Id: <1@x>\\n\\n2 t, please")
    >>> mail.sender, mail.subject, mail.message_id, mail.files
    ('li@hua.example', 'order', '<1@x>', [])
    >>> read_mail(b"Subject: a\\nAuto-Submitted: auto-replied\\n\\n").auto
    'auto_reply'
    """
    message = email.message_from_bytes(source, policy=email.policy.compat32)
    files, others = [], []
    for number, part in enumerate(message.walk()):
        if number >= MAX_PARTS or len(files) >= MAX_FILES:
            break
        _sort_part(str(number), part, files, others)
    return _described(_head(source), files, others, enclosed_senders(message))


def read_head(source):
    """Return the :class:`Mail` of a mail's source (bytes) without its files: of a large one the head alone is parsed.

    >>> read_head(b"From: Li <Li@Hua.example>\\nMessage-Id: <1@x>\\n\\n2 t, please").message_id
    '<1@x>'
    """
    return _described(_head(source))


def read_words(source):
    """Return what a mail's source (bytes) says in words as ``(text, whether it is HTML)``; of a large one its beginning.

    >>> read_words(b"Content-Type: text/plain; charset=gb18030\\n\\n" + "两吨".encode("gb18030"))
    ('两吨', False)
    """
    message = email.message_from_bytes(source[:MAX_WORDS], policy=email.policy.compat32)
    found = ("", False)
    for part in message.walk():
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or _file_name(part):
            continue
        words = _decoded(_content(part), _charset(part))
        if kind == "text/plain" and words.strip():
            return words, False
        found = found if found[0] else (words, True)
    return found


def _charset(part):
    try:
        return part.get_content_charset()
    except (LookupError, ValueError, TypeError):
        return None


def _head(source):
    return email.parser.BytesHeaderParser(policy=email.policy.compat32).parsebytes(readable(_first_part(source)))


def _first_part(source):
    """Return the head of a mail's source, up to the first empty line."""
    ends = [place for place in (source.find(mark) for mark in (b"\n\n", b"\r\n\r\n", b"\r\r")) if place >= 0]
    return source[: min(ends) + 4] if ends else source


def _described(message, files=(), others=(), enclosed=()):
    answers = references(message)
    return Mail(
        message_id=_header(message, "Message-Id"),
        sender=email.utils.parseaddr(_header(message, "From"))[1].lower(),
        subject=_header(message, "Subject"),
        auto=_auto(message) or (_acknowledged(message) if answers and not files else None),
        references=answers,
        enclosed=list(enclosed),
        files=list(files),
        others=list(others),
    )


def source_reference(source):
    """Return what identifies a mail by its source (bytes), whatever its Message-Id says.

    >>> source_reference(b"")[:17]
    'sha256:e3b0c44298'
    """
    return f"sha256:{hashlib.sha256(source).hexdigest()}"


def content_reference(source):
    """Return what identifies a mail by what it says: two ways of the same mail to here differ in their heads alone.

    >>> first = content_reference(b"Received: from a\\nSubject: order\\n\\n2 t")
    >>> first == content_reference(b"Received: from b\\nSubject: order\\n\\n2 t \\n")
    True
    """
    message = email.message_from_bytes(source, policy=email.policy.compat32)
    digest = hashlib.sha256(f"{_header(message, 'From')}\n{_header(message, 'Subject')}".encode())
    for part in message.walk():
        if not part.is_multipart():
            digest.update(b"\0" + b"".join(_content(part).split()))
    return digest.hexdigest()


def recipients(source):
    """Return the addresses (lower case, sorted) that a mail's source (bytes) says it was sent to.

    >>> recipients(b"To: Orders <Orders@mill.example>, b@x.example\\nDelivered-To: orders@mill.example\\n\\n")
    ['b@x.example', 'orders@mill.example']
    """
    message = _head(source)
    values = [str(value) for name in _RECIPIENTS for value in message.get_all(name, [])]
    return sorted({address.lower() for _name, address in email.utils.getaddresses(values) if address})


def _header(message, name):
    """A header as text, decoded as far as it can be."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        pieces = email.header.decode_header(str(value))
    except (ValueError, email.errors.HeaderParseError):
        pieces = [(str(value), None)]
    words = []
    for piece, charset in pieces:
        if isinstance(piece, bytes):
            piece = _decoded(piece, charset)
        words.append(piece)
    return " ".join("".join(words).encode("utf-8", "replace").decode().split())


def _decoded(piece, charset):
    for encoding in (wide(charset), "utf-8", "gb18030"):
        try:
            return piece.decode(encoding or "utf-8")
        except (LookupError, UnicodeDecodeError):
            continue
    return piece.decode("latin-1")


def _auto(message):
    """Why a mail was written by a program in answer to another one, None if it was not."""
    if message.get_content_type() == "multipart/report" or message.get("X-Failed-Recipients"):
        return "bounce"
    if _BOUNCERS.search(_header(message, "From")) or _header(message, "Return-Path") == "<>":
        return "bounce"
    submitted = _header(message, "Auto-Submitted").lower()
    precedence = _header(message, "Precedence").lower()
    # "auto-generated" is no answer: a customer's own system writes its orders that way.
    if submitted.startswith(("auto-replied", "auto-notified")) or precedence in ("auto_reply", "auto-reply"):
        return "auto_reply"
    if any(message.get(name) for name in _AUTO_HEADERS) or _AUTO_SUBJECT.match(_header(message, "Subject")):
        return "auto_reply"
    return None


def _acknowledged(message):
    """Why a mail without a file that answers another one was written by a program: a system that confirms the receipt."""
    return "auto_reply" if _header(message, "Auto-Submitted").lower().startswith("auto-generated") else None


def _sort_part(place, part, files, others):
    kind = part.get_content_type()
    attached = "attachment" in _header(part, "Content-Disposition").lower()
    picture = kind.startswith("image/")
    # A picture in the text is its decoration; one that was attached may be a scan of the order.
    if part.is_multipart() or kind in _NO_FILE_TYPES or kind.startswith("message/") or (picture and not attached):
        return
    name = _file_name(part)
    if kind in ("text/plain", "text/html") and not (name or attached):
        return  # the words of the mail
    content = _content(part)
    if kind in ("application/ms-tnef", "application/vnd.ms-tnef") or content.startswith(_TNEF_SIGNATURE):
        for number, (inner, inside) in enumerate(_open_tnef(content)):
            _sort_file(MailFile(f"{place}.{number}", inner, inside), files, others)
        return
    if not name.lower().endswith(READABLE):
        name += _READABLE_TYPES.get(kind, "")
    _sort_file(MailFile(place, name, content, kind), files, others)


def _sort_file(file, files, others):
    name = file.name.lower()
    if name.endswith(READABLE):
        files.append(file)
    elif name and file.content and len(others) < MAX_FILES and not name.endswith((".p7s", ".asc", ".vcf", ".ics")):
        others.append(file)


def _file_name(part):
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        return ""
    pieces = _header({"name": name}, "name")
    return pieces.replace("\\", "/").rsplit("/", 1)[-1]


def _content(part):
    try:
        return part.get_payload(decode=True) or b""
    except (ValueError, LookupError, TypeError, AssertionError):
        return b""


def _open_tnef(content):
    """Return [(name, bytes)] of the files in a winmail.dat; a damaged one has none."""
    from tnefparse import TNEF  # only where one comes

    # A damaged file is nothing that the server's log should complain about.
    logging.getLogger("tnefparse").setLevel(logging.CRITICAL)
    try:
        attachments = TNEF(content, do_checksum=False).attachments
        return [(_tnef_name(attachment), bytes(attachment.data or b"")) for attachment in attachments[:MAX_FILES]]
    except Exception:  # a damaged or hostile file raises whatever its parser met
        return []


def _tnef_name(attachment):
    name = attachment.long_filename() or attachment.name or ""
    name = _decoded(name, None) if isinstance(name, bytes) else str(name)
    return name.strip("\0 ").replace("\\", "/").rsplit("/", 1)[-1]
