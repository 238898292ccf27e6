# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Chinese character sets as programs really use them.

Many mail programs label GBK or GB18030 as GB2312, which knows a quarter of their characters; read by the label, a name or
a dash becomes a question mark. GB18030 holds both others. Others write their subject in raw bytes without any label.
"""

import email.header
import re

_NARROW = {"gb2312", "gb_2312-80", "euc-cn", "euccn", "gbk", "x-gbk", "cp936", "ms936", "936", "gb18030"}
_NAMES = rb"(?:gb2312|gb_2312-80|euc-cn|gbk|x-gbk|cp936|ms936)"
_LABEL = re.compile(rb"(charset\s*=\s*[\"']?)" + _NAMES + rb"(?=[\"';\s]|$)", re.IGNORECASE)
_WORD = re.compile(rb"=\?" + _NAMES + rb"\?(?=[bq]\?)", re.IGNORECASE)
_RAW = re.compile(r"[^\x00-\x7f]+(?:[ ]+[^\x00-\x7f]+)*")
_FOLD = re.compile(rb"\r?\n(?![ \t])")
_PART_HEAD = re.compile(rb"(?im)^content-type:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*")


def wide(charset):
    """Return the character set that holds all that a program may mean by ``charset``.

    >>> wide("GB2312"), wide("utf-8"), wide(None)
    ('gb18030', 'utf-8', None)
    """
    return "gb18030" if str(charset or "").lower() in _NARROW else charset


def readable(source):
    """Return a mail's source (bytes) with labels under which all its characters can be read.

    >>> readable(b"Subject: =?gb2312?B?yra?=\\nContent-Type: text/plain; charset=gb2312\\n\\nx").split(b"\\n")[:2]
    [b'Subject: =?gb18030?B?yra?=', b'Content-Type: text/plain; charset=gb18030']
    >>> email.header.decode_header(readable("Subject: 订购\\n\\nx".encode("gbk")).split(b"\\n")[0].decode())[1]
    (b'\\xe8\\xae\\xa2\\xe8\\xb4\\xad', 'utf-8')
    """
    ends = [place for place in (source.find(mark) for mark in (b"\n\n", b"\r\n\r\n")) if place >= 0]
    end = min(ends) if ends else len(source)
    head = _WORD.sub(b"=?gb18030?", b"\n".join(_labelled(line) for line in _FOLD.split(source[:end])))
    body = _PART_HEAD.sub(lambda found: _LABEL.sub(rb"\1gb18030", found.group()), source[end:])
    return _LABEL.sub(rb"\1gb18030", head) + _WORD.sub(b"=?gb18030?", body)


def _labelled(line):
    """Return a line of a mail's head; raw characters in it as encoded words, so that their set is known."""
    name, colon, value = line.partition(b":")
    if not colon or value.isascii():
        return line
    for charset in ("utf-8", "gb18030"):
        try:
            words = value.decode(charset)
        except UnicodeDecodeError:
            continue
        coded = _RAW.sub(lambda raw: f" {email.header.Header(raw.group(), 'utf-8', maxlinelen=10**6).encode()} ", words)
        return name + colon + coded.rstrip(" ").encode("ascii", "replace")
    return line
