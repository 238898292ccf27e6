from odoo.addons.paper_contract.exceptions import ContractError


class PaperBeingMadeError(ContractError):
    """A supplement was about to change the specification of paper that is being made already (R4.1.3)."""
