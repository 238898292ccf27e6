"""R3.2.1: what an order lacks is asked of the customer, who answers on the page of the link."""

import html
import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser

from .client import Refused

ROUNDS = 5  # an answer may raise the next question
# What this customer says when a fact is asked for, by the name of the fact's field.
ANSWERS = {
    "reel_diameter_min": "1000",
    "reel_diameter_max": "1200",
    "core_diameter": "76",
    "basis_weight": "80",
    "caliper": "100",
    "sheets_per_ream": "500",
    "tolerance_minus": "5",
    "tolerance_plus": "5",
}


def complete(desk, order, timeline):
    """Ask for what is missing until nothing is; return whether the order is complete.

    What the customer cannot say stays open, with its question in ``order["open"]``: nothing of it is lost.
    """
    sales = desk["sales"]
    for _round in range(ROUNDS):
        lacking = sales.read("sale.order", order["id"], "paper_missing_text")["paper_missing_text"]
        if not lacking:
            return True
        order["open"] = lacking
        try:
            sales.call("sale.order", "action_ask_customer", [order["id"]])
        except Refused as refusal:
            timeline.add("销售", f"客户无法补充：{refusal}")
            return False
        timeline.add("销售", "缺项发给客户补充：" + "；".join(lacking.splitlines()))
        if not _answer(_read_mail(desk, order), timeline):
            return False
    return False


def _read_mail(desk, order):
    """Return the link in the newest letter to the customer, as his mailbox shows it: the walk has no mail server."""
    letters = desk.mailbox.search(
        "mail.mail", [("body_html", "ilike", "/paper/complete/")], ["body_html"], order="id desc", limit=1
    )
    link = re.search(r"href=\"([^\"]*/paper/complete/[^\"]+)\"", letters[0]["body_html"] if letters else "")
    if not link:
        raise Refused("NoLink", f"no letter with a link went out for {order['name']}")
    return desk.mailbox.url + urllib.parse.urlsplit(html.unescape(link[1])).path


def _answer(address, timeline):
    """Fill in the page of the link without a login and send it; return whether the page took the answers."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    with opener.open(address, timeout=120) as page:
        form = Form(page.read().decode())
    said = {name: _say(name, options) for name, (value, options) in form.needed.items() if not value}
    told = {name: text for name, text in said.items() if text}
    if not told:
        timeline.add("客户", "对所问各项均无答复，待电话确认")
        return False
    body = urllib.parse.urlencode({**form.hidden, **told}).encode()
    try:
        opener.open(urllib.request.Request(address, body), timeout=120).close()
    except urllib.error.HTTPError as error:
        if error.code != 422:
            raise Refused("NotAnswered", f"the page of the link answered {error.code}") from error
        timeline.add("客户", "无法按页面要求补充，待电话确认")
        return False
    timeline.add("客户", "在链接页面补充：" + "，".join(told.values()))
    return True


def _say(name, options):
    """Return what the customer says to one input; "" where he has no answer."""
    fact = name.rpartition("-")[2]
    return ANSWERS.get(fact) or (options[0] if options else "")


class Form(HTMLParser):
    """The form of the page: its hidden inputs, and ``{name: (value, options)}`` of what is needed to go on."""

    def __init__(self, text):
        super().__init__()
        self.hidden, self.needed = {}, {}
        self.inside, self.wishes, self.choice = False, False, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = "o_paper_completion_form" in (attrs.get("class") or "")
        if not self.inside:
            return
        if tag == "details":
            self.wishes = True
        elif tag == "option" and self.choice and attrs.get("value"):
            self.needed[self.choice][1].append(attrs["value"])
        elif tag in ("input", "select", "textarea") and attrs.get("name"):
            if attrs.get("type") == "hidden":
                self.hidden[attrs["name"]] = attrs.get("value") or ""
            elif not self.wishes:
                self.needed[attrs["name"]] = (attrs.get("value") or "", [])
                self.choice = attrs["name"] if tag == "select" else None

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "details":
            self.wishes = False
        elif tag == "select":
            self.choice = None
