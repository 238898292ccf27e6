# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What of a letter was written now, what it quotes or hands on, and who wrote that: the one place that knows the heads of mails
in mails, in Chinese, English and German."""

import re

ADDRESS = r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"
_SENDERS = "from|von|de|发件人|发信人|寄件者|寄件人|發件人"
_HEADS = (
    f"{_SENDERS}|to|an|cc|sent|date|subject|gesendet|datum|betreff|"
    "收件人|收件者|抄送|副本|发送时间|發送時間|发送日期|寄件日期|日期|时间|時間|主题|主題|主旨"
)
_SUBJECTS = ("subject", "betreff", "主题", "主題", "主旨")
_WROTE = (
    r"在[^\r\n]{4,200}写道\s*[:：]|[^\r\n]{4,200}(?:于|於)\s*\d{4}[^\r\n]{0,100}(?:写道|寫道)\s*[:：]"
    r"|on [^\r\n]{5,200}wrote:|am [^\r\n]{5,200}schrieb[^\r\n]{0,200}:"
)
_ORIGINAL = "original message|original|原始邮件|原始郵件|回复的原邮件|ursprüngliche nachricht|originalnachricht"
_PASSED_ON = "forwarded message|转发邮件|转发的邮件|轉寄的郵件|weitergeleitete nachricht"
_PASSED_BELOW = "begin forwarded message|下面是被转发的邮件|anfang der weitergeleiteten nachricht"
_FROM = re.compile(rf"(?im)^[>\s|*_]*(?:{_SENDERS})\s*\*?\s*[:：]\s*\*?(?P<who>[^\r\n]*?(?P<address>{ADDRESS})[^\r\n]*)$")
_QUOTES = re.compile(
    rf"(?im)^(?:[ \t]*>|-{{2,}}\s*(?:{_ORIGINAL}|{_PASSED_ON})\s*(?:-{{2,}}|$)|(?:{_PASSED_BELOW})\s*[:：]|_{{10,}}\s*$"
    rf"|(?:{_WROTE})\s*$|(?:{_SENDERS})\s*[:：][^\r\n]*@)"
)
_QUOTE_HEAD = re.compile(rf"(?i)^\s*(?:{_WROTE}|-{{2,}}\s*(?:{_ORIGINAL}).*)\s*$")
_MAIL_INSIDE = re.compile(
    rf"(?i)^\s*>?\s*(?:-{{2,}}\s*(?:{_PASSED_ON}|{_ORIGINAL})\s*-*|(?:{_PASSED_BELOW})\s*[:：]"
    rf"|\*?(?:{_SENDERS})\s*\*?\s*[:：].*@.*)\s*$"
)
_MAIL_HEAD = re.compile(rf"(?i)^\s*>?\s*\*?({_HEADS})\s*\*?\s*[:：]\s*\*?(.*)$")
_FORWARD = re.compile(r"(?i)^\s*(?:\[?(?:fwd?|wg|tr|转发|轉寄|轉發|转寄)\]?\s*[:：])")
_ANSWER = re.compile(r"(?i)^\s*(?:re|aw|sv|回复|答复|回覆|答覆)\s*(?:\[\d+\])?\s*[:：]")


def own_words(text):
    """Return ``(what was written now, what is quoted below it)`` of a mail's words.

    >>> own_words("请将数量改为20吨\\n\\n> 订单 HW-77 12.5吨")
    ('请将数量改为20吨', '> 订单 HW-77 12.5吨')
    >>> own_words("yes\\n\\nOn Mon, 2 Nov 2026, Mill wrote:\\n> when?")
    ('yes', 'On Mon, 2 Nov 2026, Mill wrote:\\n> when?')
    >>> own_words("可以\\n-----原始邮件-----\\n订单 7"), own_words("see\\nBegin forwarded message:\\nPO 7")[0]
    (('可以', '-----原始邮件-----\\n订单 7'), 'see')
    """
    found = _QUOTES.search(text)
    if not found:
        return text.strip(), ""
    return text[: found.start()].strip(), text[found.start() :].strip()


def begins_quote(line):
    """Say whether a line of an answer is the head of what it answers.

    >>> begins_quote("在 2026-11-02 08:00, 李 写道："), begins_quote("Von: Li <li@hua.example>"), begins_quote("von Hand: 3 t")
    (True, True, False)
    """
    return bool(_QUOTE_HEAD.match(line) or _MAIL_INSIDE.match(line))


def begins_mail(line):
    """Say whether a line is the head of another mail that is handed on.

    >>> begins_mail("----- Forwarded message -----"), begins_mail("> Von: <a@b.example>"), begins_mail("On Monday we wrote:")
    (True, True, False)
    """
    return bool(_MAIL_INSIDE.match(line))


def mail_head(line):
    """Return ``(its value, whether it is the subject)`` of a line of a mail's head; None of any other.

    >>> mail_head("主题: 订单 7"), mail_head("Datum: 1.12.2026"), mail_head("数量: 7吨")
    (('订单 7', True), ('1.12.2026', False), None)
    """
    match = _MAIL_HEAD.match(line)
    return (match.group(2), match.group(1).lower() in _SUBJECTS) if match else None


def hands_on(subject):
    """Say whether a subject is that of a mail handed on.

    >>> hands_on("转发: 订单"), hands_on("Re: order")
    (True, False)
    """
    return bool(_FORWARD.match(subject or ""))


def answers(subject):
    """Say whether a subject is that of an answer.

    >>> answers("回复：订单"), answers("AW: Bestellung"), answers("Reams: order")
    (True, True, False)
    """
    return bool(_ANSWER.match(subject or ""))


def is_forward(subject, text):
    """Say whether a mail hands on another one: by its subject, or by the head of another mail in its words.

    >>> is_forward("转发: 订单", ""), is_forward("Re: order", "see below"), is_forward("order", "Von: Li <li@hua.example>")
    (True, False, True)
    """
    return hands_on(subject) or bool(_FROM.search(text or ""))


def inner_senders(text):
    """Return the addresses (lower case) that the heads of mails quoted in a mail's words name, the nearest first.

    >>> inner_senders("请录入\\n\\n> 发件人: 周 <dongfang@print.example>\\n> 订单 DF-8")
    ['dongfang@print.example']
    """
    return list(dict.fromkeys(found["address"].lower() for found in _FROM.finditer(text or "")))
