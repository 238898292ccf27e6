"""The rules of order intake that can be refused, one error each."""

from odoo.addons.paper_base.exceptions import PaperError


class IntakeStateError(PaperError):
    """An arrival was about to be moved, or its raw text changed, by hand instead of by its steps (R3.1.2)."""


class OrderBookRefusedError(PaperError):
    """A whole file cannot be read as an order book; the file itself stays kept (R3.1.1)."""


class AskCustomerError(PaperError):
    """There is nothing to ask the customer, or no way to reach him (R3.2.1)."""


class CreditDecisionError(PaperError):
    """A credit decision was about to be taken or changed by somebody else than the credit department (R3.2.2)."""


class CreditTermsError(PaperError):
    """A credit decision lacks its limit, or its validity lies in the past (R3.2.2)."""


class CreditCodeError(PaperError):
    """A unified social credit code fails its check digit (GB 32100)."""
