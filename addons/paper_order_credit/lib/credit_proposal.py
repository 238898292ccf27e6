"""What the rules of the mill propose for a customer's credit, from the ledger's figures. No odoo here.

>>> rules = Rules(months=2, good=90, poor=70, fair_prepayment=30, poor_prepayment=50)
>>> record = Record(turnover=1_200_000, months_known=24, paid_amount=900_000, on_time_amount=870_000)
>>> proposal = propose(record, rules)
>>> proposal.limit, proposal.prepayment, proposal.guarantee
(200000.0, 0.0, False)
>>> [code for code, _params in proposal.reasons]
['on_time_good', 'turnover', 'known']
"""

from dataclasses import dataclass, field

YEAR = 12


@dataclass(frozen=True)
class Rules:
    """The company's settings: amounts in its currency, shares in percent, months of turnover and of validity."""

    months: float = 2
    good: float = 90
    poor: float = 70
    fair_prepayment: float = 30
    poor_prepayment: float = 50
    new_limit: float = 0
    new_prepayment: float = 30
    validity: int = 12


@dataclass(frozen=True)
class Record:
    """What is known of a customer; amounts in the company's currency."""

    is_new: bool = False
    evidence_missing: bool = False
    turnover: float = 0
    months_known: float = 0
    paid_amount: float = 0
    on_time_amount: float = 0
    days_late: float = 0
    overdue: float = 0
    overdue_long: float = 0
    complaints: float = 0


@dataclass(frozen=True)
class Proposal:
    """What is proposed, and why: ``reasons`` are ``(code, parameters)``, to be said in the reader's language."""

    limit: float
    prepayment: float
    guarantee: bool
    months: int
    reasons: list = field(default_factory=list)


def propose(record, rules):
    """Return the :class:`Proposal` for a customer.

    Long overdue means no credit; a new customer, or one who paid nothing yet, gets the limit for new ones once the
    evidence is there; whoever pays well gets some months of his turnover, whoever pays badly less of it, and only
    against a prepayment or a guarantee.
    """
    if record.overdue_long > 0:
        return Proposal(0.0, 100.0, True, _half(rules.validity), [("overdue_long", {"amount": record.overdue_long})])
    if record.is_new or record.paid_amount <= 0:
        return _propose_new(record, rules)
    return _propose_known(record, rules)


def _propose_new(record, rules):
    reasons = [("new" if record.is_new else "nothing_paid", {})]
    if record.evidence_missing:
        reasons.append(("evidence_missing", {}))
        return Proposal(0.0, 100.0, False, _half(rules.validity), reasons)
    reasons.append(("new_limit", {"amount": rules.new_limit}) if rules.new_limit else ("no_new_limit", {}))
    prepayment = rules.new_prepayment if rules.new_limit else 100.0
    return Proposal(float(rules.new_limit), float(prepayment), False, _half(rules.validity), reasons)


def _propose_known(record, rules):
    share = on_time_share(record)
    params = {"share": share, "days": record.days_late}
    monthly = record.turnover / min(max(record.months_known, 1), YEAR)
    limit = monthly * rules.months
    if share >= rules.good:
        prepayment, guarantee, reasons = 0.0, False, [("on_time_good", params)]
    elif share >= rules.poor:
        prepayment, guarantee, reasons = float(rules.fair_prepayment), False, [("on_time_fair", params)]
    else:
        limit /= 2
        prepayment, guarantee, reasons = float(rules.poor_prepayment), True, [("on_time_poor", params)]
    reasons.append(("turnover", {"amount": monthly, "months": rules.months}))
    if record.overdue > 0:
        reasons.append(("overdue", {"amount": record.overdue}))
        prepayment = max(prepayment, float(rules.fair_prepayment))
    if record.complaints:
        reasons.append(("complaints", {"count": int(record.complaints)}))
    short = record.months_known < YEAR
    reasons.append(("known_short" if short else "known", {"years": record.months_known / YEAR}))
    months = _half(rules.validity) if short else rules.validity
    return Proposal(round_down(limit), prepayment, guarantee, months, reasons)


def on_time_share(record):
    """Return how much of what was paid came by the day that it was due, in percent; 0 where nothing was paid."""
    return 100 * record.on_time_amount / record.paid_amount if record.paid_amount > 0 else 0.0


def round_down(amount):
    """Return the amount rounded down to two leading figures, as limits are set.

    >>> [round_down(amount) for amount in (0, 987, 45678, 1299999)]
    [0.0, 980.0, 45000.0, 1200000.0]
    """
    if amount < 1:
        return 0.0
    step = 10 ** max(len(str(int(amount))) - 2, 0)
    return float(int(amount) // step * step)


def _half(months):
    return max(months // 2, 1)
