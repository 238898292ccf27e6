"""Names of what the parties agree in the contract itself, beside what the order says.

>>> sorted(set(CONDITION_TEXTS) - set(CONDITIONS))
['breach_damages', 'deposit', 'freight', 'late_delivery_damages', 'late_payment_damages']
"""

# What the parties agree besides the order itself. Nothing is assumed: what is not agreed is left open.
CONDITIONS = (
    "measuring_method",
    "freight_by",
    "claim_days_visible",
    "claim_days_hidden",
    "settlement_method",
    "deposit_percent",
    "late_delivery_rate",
    "late_delivery_cap",
    "late_payment_rate",
    "breach_percent",
    "dispute_body",
    "copies_total",
    "copies_each",
)
# What clauses call them, in braces.
CONDITION_TEXTS = (
    "measuring_method",
    "freight",
    "claim_days_visible",
    "claim_days_hidden",
    "settlement_method",
    "deposit",
    "late_delivery_damages",
    "late_payment_damages",
    "breach_damages",
    "dispute_body",
    "copies_total",
    "copies_each",
)
