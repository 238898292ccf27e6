"""Random histories of orders, and what they come to by the notes of who made them: plain arithmetic beside the statistics."""

import random
from collections import defaultdict
from datetime import date, timedelta

MEASURES = (
    "ordered_kg",
    "cancelled_kg",
    "shipped_kg",
    "returned_kg",
    "backlog_kg",
    "ordered_amount",
    "cancelled_amount",
    "line_count",
)
FIRST = date(2024, 1, 5)


class Told:
    """What is known of one order: tonnes, price, rate, days, moves. Nothing of it is read back from the mill."""

    def __init__(self, order, tonnes, price, day):
        self.order, self.tonnes, self.price, self.rate, self.day = order, tonnes, price, 1.0, day
        self.moves = []  # (day, tonnes, kind): shipped, returned (to be refunded) or came (back, still owed)
        self.cancelled = None

    @property
    def net(self):
        return sum({"shipped": tonnes, "returned": -tonnes, "came": 0}[kind] for _day, tonnes, kind in self.moves)

    def months(self):
        """Return ``{(first of the month, measure): value}``."""
        found = defaultdict(float)

        def add(day, **figures):
            for measure, value in figures.items():
                found[day.replace(day=1), measure] += value

        kg, amount = self.tonnes * 1000, self.tonnes * self.price / self.rate
        add(self.day, ordered_kg=kg, backlog_kg=kg, ordered_amount=amount, line_count=1)
        for day, tonnes, kind in self.moves:
            if kind == "shipped":
                add(day, shipped_kg=tonnes * 1000, backlog_kg=-tonnes * 1000)
            else:
                add(day, returned_kg=tonnes * 1000, backlog_kg=tonnes * 1000 if kind == "returned" else 0)
        if self.cancelled:
            left = max(0, 1 - self.net / self.tonnes)
            add(self.cancelled, cancelled_kg=kg * left, backlog_kg=-kg * left, cancelled_amount=amount * left)
        elif self.moves and self.net >= self.tonnes - 0.001:
            add(max(day for day, _tonnes, _kind in self.moves), backlog_kg=self.net * 1000 - kg)
        return found


class History:
    """A random history in a mill of ``StatisticsCase``."""

    def __init__(self, mill, seed, other=None):
        self.mill, self.chance, self.orders = mill, random.Random(seed), []
        self.companies = [None, other] if other else [None]
        self.today = FIRST

    def run(self, steps=7):
        self._order()
        for _number in range(steps):
            self.today += timedelta(days=self.chance.randrange(0, 25))
            self.chance.choice(
                (self._order, self._ship, self._ship, self._ship, self._return, self._cancel, self._supplement, self._rate)
            )()
            if self.chance.random() < 0.3:
                self.mill.queue._fill()
        self.mill.queue._fill()
        return self

    def _open(self):
        return [told for told in self.orders if not told.cancelled]

    def _order(self):
        if len(self.orders) >= 2:
            return
        tonnes, price = self.chance.randrange(2, 40), self.chance.randrange(3000, 9000)
        customer, company = self.chance.choice(self.mill.customers), self.chance.choice(self.companies)
        order = self.mill._order(customer, tonnes, f"{self.today}", company=company, price=price)
        self.orders.append(Told(order, tonnes, price, self.today))

    def _moment(self):
        # Late in the evening of Shanghai, or early in its morning: another day in London.
        return f"{self.today} 15:30:00" if self.chance.random() < 0.5 else f"{self.today - timedelta(days=1)} 17:10:00"

    def _ship(self):
        for told in self._open()[-1:]:
            if told.net < told.tonnes:
                tonnes = self.chance.randrange(1, int(told.tonnes) + 2)
                self.mill._move(told.order.order_line, tonnes, self._moment())
                told.moves.append((self.today, tonnes, "shipped"))

    def _return(self):
        """Some of it comes back, or all of it is refused."""
        for told in self._open()[:1]:
            if told.net > 0:
                tonnes = told.net if self.chance.random() < 0.3 else self.chance.randrange(1, int(told.net) + 1)
                refund = self.chance.random() < 0.7
                self.mill._move(told.order.order_line, tonnes, self._moment(), back=True, refund=refund)
                told.moves.append((self.today, tonnes, "returned" if refund else "came"))

    def _cancel(self):
        if self.chance.random() < 0.5:
            for told in self._open()[:1]:
                self.mill._cancel(told.order, self._moment())
                told.cancelled = self.today

    def _supplement(self):
        for told in self._open()[:1]:
            told.tonnes, told.price = self.chance.randrange(2, 40), self.chance.randrange(3000, 9000)
            self.mill._set(
                told.order.order_line,
                product_uom_qty=told.tonnes,
                paper_weight_kg=told.tonnes * 1000,
                price_unit=told.price,
                price_subtotal=told.tonnes * told.price,
            )

    def _rate(self):
        for told in self._open()[-1:]:
            told.rate = self.chance.choice((0.125, 0.5, 1.0, 2.0, 8.0))
            self.mill._set(told.order, currency_rate=told.rate)

    def expected(self):
        """Return ``{(company, customer, month, measure): value}``, nothing where it is 0."""
        found = defaultdict(float)
        for told in self.orders:
            for (month, measure), value in told.months().items():
                found[told.order.company_id, told.order.partner_id, month, measure] += value
        return {key: round(value, 1) for key, value in found.items() if round(value, 1)}

    def figures(self, model):
        """Return the same of a model of figures, of the orders' customers."""
        figures = self.mill.env[model].sudo()
        domain = [("partner_id", "in", self.mill.customers.ids)]
        if "order_id" in figures._fields:
            domain = [("order_id", "in", [told.order.id for told in self.orders])]
        rows = figures._read_group(domain, ["company_id", "partner_id", "month:month"], [f"{name}:sum" for name in MEASURES])
        return {
            (company, partner, month, measure): round(float(value), 1)
            for company, partner, month, *values in rows
            for measure, value in zip(MEASURES, values, strict=True)
            if value and round(float(value), 1)
        }
