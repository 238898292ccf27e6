from odoo import fields, models
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ...triggers import set_trigger
from ..draft.paper_contract import LEGAL, MANAGEMENT, SALES
from .paper_contract import KINDS

DRAWINGS = [("drawn", "Drawn"), ("typed", "Typed"), ("loaded", "Image Loaded")]
SIDES = [("customer", "Customer"), ("company", "Company")]

_lt = LazyTranslate(__name__)


class PaperContractSignature(models.Model):
    """The evidence of one side's signature: who signed which PDF, when, from where, how, and who has seen it. The
    record says what kind it is and no more: a drawn or typed signature is an ordinary electronic signature, not
    the reliable one of article 13 of the Electronic Signature Law (R4.1.3). A sealed paper counts once a second
    person has seen it. Made by the contract's steps and kept as it is.
    """

    _name = "paper.contract.signature"
    _description = "Signature under a Contract"
    _inherit = ["paper.contract.part"]
    _order = "contract_id, id"
    _rec_name = "signer_name"

    _reason_steps = {
        "action_refuse": ReasonStep(
            _lt("Refuse the Sealed Paper"), hint=_lt("Why the paper does not count."), of="contract_id"
        )
    }
    _all_by_steps = True
    _kept = True
    _acts = {"see": (("recorded",), (SALES, LEGAL, MANAGEMENT))}
    _steps = {"recorded": {"effective": (), "refused": ()}, "effective": {}, "refused": {}}

    contract_id = fields.Many2one("paper.contract", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    side = fields.Selection(SIDES, required=True)
    kind = fields.Selection(KINDS, required=True)
    state = fields.Selection(
        [("recorded", "To be Seen by a Second Person"), ("effective", "Effective"), ("refused", "Refused")],
        required=True,
        default="recorded",
    )
    drawing = fields.Selection(DRAWINGS)
    signer_name = fields.Char(required=True)
    signer_title = fields.Char(string="Title")
    signed_on = fields.Datetime(required=True)
    paper_date = fields.Date(string="Date on the Paper")
    ip = fields.Char(string="From")
    user_id = fields.Many2one("res.users", string="Login")
    sha256 = fields.Char(string="SHA-256 of the PDF")
    document_id = fields.Many2one("paper.contract.document", string="Evidence", ondelete="restrict")
    recorded_by_id = fields.Many2one("res.users", string="Recorded by")
    seen_by_id = fields.Many2one("res.users", string="Seen by")
    seen_on = fields.Datetime(readonly=True)
    refused_reason = fields.Text(readonly=True)
    can_see = fields.Boolean(compute="_compute_can_steps")

    _one_side = models.UniqueIndex(
        "(contract_id, side) WHERE state != 'refused'", "This side has signed, or its sealed paper is recorded, already."
    )

    def action_see(self):
        """Confirm to have seen the sealed paper."""
        self._check_act("see")
        return self.contract_id.action_confirm_paper_signature(self.side)

    def action_refuse(self, reason=None):
        """Refuse the sealed paper, with a reason."""
        self._check_act("see")
        return self.contract_id.action_refuse_paper_signature(self.side, reason)

    def init(self):
        result = super().init()
        columns = self._settled_columns()
        set_trigger(self, "UPDATE OR DELETE", "paper_contract_refuse", "OLD.state <> 'recorded'", columns)
        return result
