# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What comes from outside as a text and a reference that a database can hold."""

import hashlib

MAX_RAW = 200_000
MAX_REF = 400


def storable(text, limit=MAX_RAW):
    """Return ``text`` without what PostgreSQL cannot hold: NUL and lone surrogates become U+FFFD.

    >>> storable("a\\0b\\ud800")
    'a\\ufffdb\\ufffd'
    >>> storable("abcdef", 4)
    'abcd'
    """
    text = (text or "")[:limit].replace("\0", "\ufffd")
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text) if _lone(text) else text


def _lone(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def as_text(payload):
    """Return the text of ``payload`` (bytes) as a person may read it; "" of what is no text.

    >>> as_text("订单".encode("gb18030")), as_text(b"PK\\x03\\x04")
    ('订单', '')
    """
    if b"\0" in payload[:4096] or payload.startswith(b"PK\x03\x04"):
        return ""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return storable(payload[: 4 * MAX_RAW].decode(encoding))
        except UnicodeDecodeError:
            continue
    return ""


def normal_ref(ref):
    """Return an arrival's reference as the index holds it: trimmed, a very long one by its hash.

    >>> normal_ref(" A-1 "), len(normal_ref("x" * 5000))
    ('A-1', 400)
    """
    ref = storable(str(ref), 100_000).strip()
    if len(ref) <= MAX_REF:
        return ref
    digest = hashlib.sha256(ref.encode()).hexdigest()
    return f"{ref[: MAX_REF - len(digest) - 1]}~{digest}"


def text_hash(text):
    """Return the SHA-256 of ``text`` as 64 hex digits; any str has one."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
