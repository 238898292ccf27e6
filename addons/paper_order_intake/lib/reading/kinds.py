# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a letter is: an order, a change, an answer, a question, a complaint, or nothing of the kind."""

import re

from .quoting import answers as is_answer

_NEWS = re.compile(r"退订|unsubscribe|hier abmelden|abbestellen", re.IGNORECASE)
_QUESTION = re.compile(
    r"请?报价|询价|不是订单|\brfq\b|please quote|quote (?:your|us|for|the)|only an enquiry|\b(?:enquiry|inquiry)\b|"
    r"not an order|bitte um (?:ein )?angebot|"
    r"keine bestellung|\banfrage\b|wann (?:genau )?(?:kommen|kommt)|when will|什么时候|何时",
    re.IGNORECASE,
)
_COMPLAINT = re.compile(r"投诉|质量问题|\bcomplaint\b|reklamation|beanstand", re.IGNORECASE)
_CHANGE = re.compile(
    r"取消|改为|改成|改到|改送|更改|变更|please change|please move|please cancel|to another place|instead of|make that|"
    r"replaces our order|\brevised\b|\brev\.\s*\d|"
    r"bitte ändern|stornier|entfällt|verschieben|andere adresse",
    re.IGNORECASE,
)
_THANKS = re.compile(r"已收到|have arrived|sind angekommen", re.IGNORECASE)
_TAKEN_BACK = re.compile(
    r"请?(?:取消|撤销|撤單|撤单|作废)(?!费)|(?:please|we|to|must|want to) cancel\b|\bcancell?ation of\b|bitte stornieren|"
    r"stornieren (?:wir|sie)|"
    r"^\W*(?:cancel|storno|stornierung)\b",
    re.IGNORECASE | re.MULTILINE,
)
_REVISED = re.compile(r"replaces our order|\brevised\b|\brev\.\s*\d|替换.{0,10}订单|ersetzt unsere", re.IGNORECASE)


def kind_of(words, subject, has_list, answers, is_news):
    """Return the kind of a letter by its own words.

    >>> kind_of("请将数量改为20吨", "Re: 订单", False, False, False), kind_of("", "PO 1", True, False, False)
    ('change', 'order')
    >>> kind_of("以下订单请取消", "", True, False, False), kind_of("不得取消费用", "", True, False, False)
    ('change', 'order')

    :param has_list: it brings a list of papers; :param answers: it answers a letter
    """
    text = f"{subject}\n{words}"
    if is_news or _NEWS.search(text):
        return "none"
    if _COMPLAINT.search(text):
        return "complaint"
    if has_list:
        return (
            "change"
            if _REVISED.search(text) or _TAKEN_BACK.search(text)
            else "question"
            if re.search(r"不是订单|not an order|keine bestellung", text, re.IGNORECASE)
            else "order"
        )
    if _QUESTION.search(text):
        return "question"
    if _CHANGE.search(text):
        return "change"
    if _THANKS.search(text):
        return "none"
    if answers or is_answer(subject):
        return "reply"
    return "order"
