"""Names of what the parties agree in the contract itself, beside what the order says.

>>> sorted(set(CONDITION_TEXTS) - set(CONDITIONS))
['breach_damages', 'deposit', 'freight', 'late_delivery_damages', 'late_payment_damages', 'prepayment', 'trade_term']
"""

# What the parties agree besides the order itself. Nothing is assumed: what is not agreed is left open.
CONDITIONS = (
    "measuring_method",
    "freight_by",
    "incoterm_id",
    "incoterm_place",
    "loading_port",
    "discharge_port",
    "partial_shipment",
    "claim_days_visible",
    "claim_days_hidden",
    "settlement_method",
    "prepayment_percent",
    "deposit_percent",
    "late_delivery_rate",
    "late_delivery_cap",
    "late_payment_rate",
    "breach_percent",
    "dispute_body",
    "copies_total",
    "copies_each",
)
# Those that earlier versions did not know: a contract without them has the digest that it had then.
ADDED_LATER = (
    "prepayment_percent",
    "incoterm_id",
    "incoterm_place",
    "loading_port",
    "discharge_port",
    "partial_shipment",
)
# What clauses call them, in braces.
CONDITION_TEXTS = (
    "measuring_method",
    "freight",
    "trade_term",
    "loading_port",
    "discharge_port",
    "partial_shipment",
    "claim_days_visible",
    "claim_days_hidden",
    "settlement_method",
    "prepayment",
    "deposit",
    "late_delivery_damages",
    "late_payment_damages",
    "breach_damages",
    "dispute_body",
    "copies_total",
    "copies_each",
)
