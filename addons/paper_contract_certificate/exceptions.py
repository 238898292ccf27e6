"""The named errors of signing with a certificate."""

from odoo.addons.paper_contract.exceptions import ContractError


class PdfSignatureError(ContractError):
    """A PDF with a digital signature is not this contract, was altered, or its certificate is not trusted (R4.1.3)."""
