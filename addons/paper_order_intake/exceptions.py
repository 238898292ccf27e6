"""The rules of order intake that can be refused, one error each."""

from odoo.addons.paper_base.exceptions import PaperError


class IntakeStateError(PaperError):
    """An arrival was about to be moved, or its raw text changed, by hand instead of by its steps (R3.1.2)."""


class HandOverError(PaperError):
    """An arrival was about to be handed over that is with sales already, or to nobody who could handle it (R3.1.2)."""


class OrderBookRefusedError(PaperError):
    """A whole file cannot be read as an order book; the file itself stays kept (R3.1.1)."""


class AskCustomerError(PaperError):
    """There is nothing to ask the customer, or no way to reach him (R3.2.1)."""


class QuickOrderError(PaperError):
    """An order taken by phone or at a visit cannot be entered as it stands (R3.1.1)."""


class SuspicionDecidedError(PaperError):
    """A suspected duplicate was about to be decided by something else than a person's decision, or twice (R3.1.2)."""
