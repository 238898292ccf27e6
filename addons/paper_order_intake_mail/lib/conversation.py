# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What of a mail was written now, what it answers, who wrote what was forwarded, and which numbers it names."""

import email.utils
import re

# Many programs keep the whole conversation in it; the newest stand last.
MAX_REFERENCES = 32
MAX_NUMBERS = 200
_ID = re.compile(r"<[^<>\s]{3,900}>")
_ADDRESS = r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"
_FROM = re.compile(
    rf"(?im)^[>\s|*_]*(?:from|von|发件人|发信人|寄件者|寄件人|發件人|de)\s*\*?\s*[:：]\s*\*?(?P<who>[^\r\n]*?(?P<address>{_ADDRESS})[^\r\n]*)$"
)
_FORWARD = re.compile(r"(?i)^\s*(?:\[?(?:fwd?|wg|tr|转发|轉寄|轉發|转寄)\]?\s*[:：])")
_QUOTE_HEADS = re.compile(
    r"(?im)^(?:"
    r"[ \t]*>"
    r"|-{2,}\s*(?:original message|original|forwarded message|原始邮件|原始郵件|转发邮件|转发的邮件|回复的原邮件"
    r"|ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht)\s*-{2,}"
    r"|_{10,}\s*$"
    r"|on [^\r\n]{5,200}wrote:\s*$"
    r"|am [^\r\n]{5,200}schrieb[^\r\n]{0,200}:\s*$"
    r"|在[^\r\n]{4,200}写道\s*[:：]"
    r"|[^\r\n]{4,200}于\s*\d{4}[^\r\n]{0,100}写道\s*[:：]"
    r"|(?:from|von|发件人|寄件者|發件人)\s*[:：][^\r\n]*@"
    r")"
)
_CALLED = re.compile(
    r"(?i)(?:订单号?|訂單號?|采购单号?|合同号|单号|\border(?:\s+(?:no|number|nr)\b)?|\bpo\b|bestellung)"
    r"\s*(?:编号|号码|no\b|nr\b|number\b)?\s*[.:：#]*\s*([A-Za-z0-9][A-Za-z0-9/_\-]*[A-Za-z0-9])(?![A-Za-z0-9])"
)
# A number of an order as customers write it: with a figure in it.
_NUMBER = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9](?:[A-Za-z0-9/_.\-]*[A-Za-z0-9])?(?![A-Za-z0-9])")


def references(message):
    """Return the Message-Ids that a mail (``email.message.Message``) answers or goes on with, the newest first.

    >>> import email
    >>> references(email.message_from_string("References: <old@x> <new@x>\\nIn-Reply-To: <new@x>\\n\\n"))
    ['<new@x>', '<old@x>']
    """
    named = [*_ID.findall(str(message.get("References") or "")), *_ID.findall(str(message.get("In-Reply-To") or ""))]
    return list(dict.fromkeys(reversed(named)))[:MAX_REFERENCES]


def own_words(text):
    """Return ``(what was written now, what is quoted below it)`` of a mail's words.

    >>> own_words("请将数量改为20吨\\n\\n> 订单 HW-77 12.5吨")
    ('请将数量改为20吨', '> 订单 HW-77 12.5吨')
    >>> own_words("yes\\n\\nOn Mon, 2 Nov 2026, Mill wrote:\\n> when?")
    ('yes', 'On Mon, 2 Nov 2026, Mill wrote:\\n> when?')
    """
    found = _QUOTE_HEADS.search(text)
    if not found:
        return text.strip(), ""
    return text[: found.start()].strip(), text[found.start() :].strip()


def is_forward(subject, text):
    """Say whether a mail hands on another one: by its subject, or by the head of another mail in its words.

    >>> is_forward("转发: 订单", ""), is_forward("Re: order", "see below"), is_forward("order", "Von: Li <li@hua.example>")
    (True, False, True)
    """
    return bool(_FORWARD.match(subject or "") or _FROM.search(text or ""))


def inner_senders(text):
    """Return the addresses (lower case) that the heads of mails quoted in a mail's words name, the nearest first.

    >>> inner_senders("请录入\\n\\n> 发件人: 周 <dongfang@print.example>\\n> 订单 DF-8")
    ['dongfang@print.example']
    """
    return list(dict.fromkeys(found["address"].lower() for found in _FROM.finditer(text or "")))


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


def order_numbers(text):
    """Return what a text calls the number of an order, as far as it says so.

    >>> sorted(order_numbers("> 订单 DF-8 5吨, PO no. 4711, order of 20 t"))
    ['4711', 'DF-8']
    """
    named = _CALLED.findall(text or "")
    return {word for word in named if any(sign.isdigit() for sign in word)}


def numbers(text):
    """Return what in a text may be the number of an order. Figures alone have at least four digits, or are called one.

    >>> sorted(numbers("CG-5，20 500 PO 47/2 on 2026, PO 12"))
    ['12', '2026', '47/2', 'CG-5']
    """
    found = []
    for match in _NUMBER.finditer(text or ""):
        word = match.group()
        if len(word) >= (4 if word.isdigit() else 2) and any(sign.isdigit() for sign in word):
            found.append(word)
    # Words of other scripts, as “甲2026”, stand between blanks and stops.
    for word in re.split(r"[\s,，。;；:：()（）\[\]【】“”\"'<>]+", text or ""):
        if 2 <= len(word) <= 40 and not word.isascii() and any(sign.isdigit() for sign in word):
            found.append(word)
    return order_numbers(text) | set(list(dict.fromkeys(found))[:MAX_NUMBERS])
