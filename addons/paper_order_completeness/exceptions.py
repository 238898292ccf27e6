"""The rules of completing an order that can be refused, one error each."""

from odoo.addons.paper_base.exceptions import PaperError


class RequiredFactError(PaperError):
    """One of the regulation's six facts was about to be removed, or a fact to be tied to the wrong field (R3.2.1)."""


class CompletionAnswerError(PaperError):
    """An answer about an incomplete order cannot be taken: out of range, contradicting, or nothing is asked (R3.2.1)."""


class CompletionRecordError(PaperError):
    """What was asked and answered about an order was about to be changed by hand (R3.2.1)."""
