from odoo.addons.paper_contract.exceptions import ContractError


class PaperBeingMadeError(ContractError):
    """A supplement was about to change the specification of paper that is being made already (R4.1.3)."""


class NothingToConsentError(ContractError):
    """Production was about to consent to a late change where none waits for a consent (R4.1.3)."""
