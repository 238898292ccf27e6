# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Orders as a marketplace sends them: JSON, signed with HMAC-SHA256. No order is trusted, none is repaired."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from .arrival_text import storable
from .orderbook.model import OrderRow

MAX_BYTES = 10 * 2**20
MAX_ORDERS = 1000
MAX_LINES = 1000
MAX_REF = 200
MAX_NUMBER = 64
MAX_TEXT = 4000
MAX_DIGITS = 20

FIGURES = {
    "width_mm": "width_mm",
    "length_mm": "length_mm",
    "weight_kg": "weight_kg",
    "basis_weight_gsm": "basis_weight",
    "caliper_um": "caliper_um",
    "diameter_min_mm": "diameter_min_mm",
    "diameter_max_mm": "diameter_max_mm",
    "core_mm": "core_mm",
}
CUSTOMER_KEYS = ("ref", "email", "vat")


class FeedError(ValueError):
    """The whole body is no feed of orders. Codes: ``not_json``, ``no_orders``, ``too_many_orders`` (limit),
    ``not_an_order`` (place), ``missing_id`` (place), ``id_twice`` (id). Of one order: ``bad_lines`` (limit),
    ``line_head`` (place, field)."""

    def __init__(self, code, sentence, **params):
        self.code, self.params = code, params
        super().__init__(sentence.format(**params))


def signature(secret, timestamp, body):
    """Return what a sender puts into the header ``X-Paper-Signature``.

    :param secret: text, the channel's secret
    :param timestamp: text, the seconds since 1970 of ``X-Paper-Timestamp``
    :param body: bytes as sent

    >>> signature("secret", "1700000000", b"{}")[:19]
    'sha256=b8569b78799f'
    """
    text = timestamp.encode() + b"." + body
    return "sha256=" + hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def is_signed(secrets, timestamp, body, given, now, window):
    """Return whether a request is signed with one of ``secrets`` and not older or newer than ``window`` seconds.

    The comparison takes the same time wherever the signatures differ, and all secrets are tried.

    >>> is_signed(["s"], "100", b"x", signature("s", "100", b"x"), now=130, window=60)
    True
    >>> is_signed(["s"], "100", b"x", signature("s", "100", b"x"), now=161, window=60)
    False
    >>> is_signed(["s"], "100", b"y", signature("s", "100", b"x"), now=130, window=60)
    False
    """
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 16):
        return False
    given = given.encode("utf-8", "replace")
    matches = [hmac.compare_digest(signature(secret, timestamp, body).encode(), given) for secret in secrets]
    return any(matches) and abs(now - int(timestamp)) <= window


def split_feed(body):
    """Return ``{id: text}`` of the orders of a feed, the text being the order's JSON in one canonical notation.

    :param body: bytes: ``{"orders": [{"id": "…", …}, …]}`` in UTF-8, or the list alone
    :raises FeedError: the body is no feed, see its codes

    >>> split_feed(b'{"orders": [{"weight_kg": 2000, "id": "A"}]}')
    {'A': '{"id":"A","weight_kg":2000}'}
    """
    data = _loads(body)
    orders = data.get("orders") if isinstance(data, dict) else data
    if not isinstance(orders, list) or not orders:
        raise FeedError("no_orders", "The body holds no list of orders.")
    if len(orders) > MAX_ORDERS:
        raise FeedError("too_many_orders", "The body holds more than {limit} orders.", limit=MAX_ORDERS)
    found = {}
    for place, order in enumerate(orders, start=1):
        if not isinstance(order, dict):
            raise FeedError("not_an_order", "Item {place} is no order.", place=place)
        ref = order.get("id")
        ref = "" if isinstance(ref, bool) or not isinstance(ref, str | int) else str(ref).strip()
        if not ref or len(ref) > MAX_REF or not ref.isprintable():
            sentence = "Order {place} has no id of at most {limit} printable characters."
            raise FeedError("missing_id", sentence, place=place, limit=MAX_REF)
        text = _canonical(order)
        if found.setdefault(ref, text) != text:
            raise FeedError("id_twice", "The id {id} stands twice, with different content.", id=ref[:MAX_NUMBER])
    return found


def split_lines(text):
    """Return the items of an order's JSON, each as the JSON of an order with that one item; [] of an order of one item.

    What the head says holds for each item that does not say it itself, but customer and currency are the head's.

    :param text: as :func:`split_feed` returns it
    :raises FeedError: ``bad_lines`` (limit) or ``line_head`` (place, field)

    >>> split_lines('{"id": "A", "number": "7", "lines": [{"width_mm": 787}, {"width_mm": 889, "delivery_date": "2031-05-06"}]}')
    ['{"number":"7","width_mm":787}', '{"delivery_date":"2031-05-06","number":"7","width_mm":889}']
    >>> split_lines('{"id": "A", "width_mm": 787}')
    []
    >>> split_lines('{"number": "7", "currency": "USD", "lines": [{"number": 7, "currency": "usd"}]}')
    ['{"currency":"usd","number":7}']
    """
    head = _loads(text.encode("utf-8", "replace"))
    if not isinstance(head, dict) or "lines" not in head:
        return []
    lines, own_id = head.pop("lines"), head.pop("id", None)
    if not isinstance(lines, list) or not 0 < len(lines) <= MAX_LINES or not all(isinstance(line, dict) for line in lines):
        raise FeedError("bad_lines", "The items of the order are no list of 1 to {limit} items.", limit=MAX_LINES)
    head["number"] = _word(head.get("number"), MAX_NUMBER) or _word(own_id, MAX_NUMBER)
    items = []
    for place, line in enumerate(lines, start=1):
        for name, read in HEAD.items():
            if line.get(name) not in (None, "") and read(line[name]) != read(head.get(name)):
                sentence = "Item {place} names another {field} than its order."
                raise FeedError("line_head", sentence, place=place, field=name)
        own = {name: value for name, value in line.items() if value is not None and name not in ("id", "lines")}
        items.append(_canonical({**head, **own}))
    return items


@dataclass(frozen=True)
class FeedOrder:
    """One order of a feed, or one item of it.

    :param row: :class:`OrderRow`, None if a figure could not be read
    :param problems: list of (code, params), the codes those of an order book and ``not_a_date``
    :param customer: {ref|email|vat: text} as far as the order names its customer
    :param product: code of the product, "" if none is named
    :param delivery: date or None
    :param currency: code of ISO 4217 as written, "" if none is named
    :param place: the mill's reference of one of the customer's delivery addresses, "" if none is named
    """

    row: OrderRow | None
    problems: list = field(default_factory=list)
    number: str = ""
    customer: dict = field(default_factory=dict)
    product: str = ""
    delivery: date | None = None
    quality: str = ""
    currency: str = ""
    packing: str = ""
    place: str = ""


def read_feed_order(text):
    """Return the :class:`FeedOrder` of an order's JSON (str as :func:`split_feed` returns it).

    >>> order = read_feed_order('{"id": "A", "number": "7", "width_mm": 787, "weight_kg": "-1"}')
    >>> order.row, order.problems
    (None, [('negative', {'field': 'weight_kg', 'value': '-1'})])
    """
    data = _loads(text.encode("utf-8", "replace"), parse_float=Decimal)
    if not isinstance(data, dict):
        return FeedOrder(None, [("missing_number", {})])
    problems, figures = [], {}
    for name, figure in FIGURES.items():
        figures[figure] = _figure(data.get(name), figure, problems)
    tolerance = _figure(data.get("tolerance_percent"), "tolerance", problems) / 100
    if tolerance >= 1:
        problems.append(("tolerance_out_of_range", {"value": str(tolerance)}))
    number = _word(data.get("number"), MAX_NUMBER) or _word(data.get("id"), MAX_NUMBER)
    if not number:
        problems.append(("missing_number", {}))
    row = None
    if not problems:
        row = OrderRow(line_no=0, number=number, raw=text, tolerance=tolerance, **figures)
    delivery = _date(data.get("delivery_date"), problems)
    return FeedOrder(
        row=row,
        problems=problems,
        number=number,
        customer=_customer(data.get("customer")),
        product=_word(data.get("product"), MAX_NUMBER),
        delivery=delivery,
        quality=_word(data.get("quality_requirement"), MAX_TEXT),
        currency=_word(data.get("currency"), MAX_NUMBER).upper(),
        packing=_word(data.get("packing"), 200),
        place=_word(data.get("delivery_place"), MAX_NUMBER),
    )


# What the items of an order have in common, each as it is read: 7 is the number "7", "usd" the currency "USD".
HEAD = {
    "number": lambda value: _word(value, MAX_NUMBER),
    "customer": lambda value: _customer(value),
    "currency": lambda value: _word(value, MAX_NUMBER).upper(),
}


def _loads(body, **options):
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_refuse, **options)
    except (ValueError, RecursionError) as error:
        raise FeedError("not_json", "The body is not JSON in UTF-8.") from error


def _refuse(name):
    raise ValueError(name)


def _canonical(order):
    return json.dumps(order, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _word(value, limit):
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return ""
    return storable(str(value).strip(), limit)


def _customer(value):
    if not isinstance(value, dict):
        value = {"ref": value}
    return {key: word for key in CUSTOMER_KEYS if (word := _word(value.get(key), 200))}


def _figure(value, name, problems):
    if value is None or value == "":
        return Decimal(0)
    try:
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal) or len(str(value)) > 2 * MAX_DIGITS:
            raise InvalidOperation
        number = Decimal(value.strip() if isinstance(value, str) else value)
    except (InvalidOperation, ValueError):
        problems.append(("not_a_number", {"field": name, "value": storable(str(value), MAX_NUMBER)}))
        return Decimal(0)
    if not number.is_finite():
        problems.append(("not_finite", {"field": name, "value": str(value)}))
    elif number < 0:
        problems.append(("negative", {"field": name, "value": str(value)}))
    elif number and not -MAX_DIGITS <= number.adjusted() <= MAX_DIGITS:
        problems.append(("out_of_range", {"field": name}))
    else:
        return abs(number)
    return Decimal(0)


def _date(value, problems):
    if value in (None, ""):
        return None
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year <= 2200:
        problems.append(("not_a_date", {"value": storable(str(value), MAX_NUMBER)}))
        return None
    return found
