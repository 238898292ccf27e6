"""The rules of customers' credit that can be refused, one error each."""

from odoo.addons.paper_base.exceptions import PaperError


class CreditDecisionError(PaperError):
    """A credit decision was about to be taken or changed by somebody else than the credit department (R3.2.2)."""


class CreditRequestError(PaperError):
    """The credit department was about to be asked about an order that needs no review of credit (R3.2.2)."""


class CreditTermsError(PaperError):
    """A credit decision lacks its limit, or its validity lies in the past (R3.2.2)."""


class CreditEvidenceError(CreditTermsError):
    """A new customer was about to get credit without the documents on it, and without a reason (R3.2.2)."""


class CreditCodeError(PaperError):
    """A unified social credit code fails its check digit (GB 32100)."""


class SuspensionEvidenceError(PaperError):
    """A signed order was about to be suspended, or its contract terminated, without what the law asks for (R3.2.2)."""


class SuspensionStateError(PaperError):
    """A suspension of performance was about to be moved otherwise than by its steps and deciders (R3.2.2)."""
