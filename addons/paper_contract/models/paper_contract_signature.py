from odoo import api, fields, models
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ..exceptions import ContractImmutableError
from .paper_contract_sign import KINDS

_lt = LazyTranslate(__name__)

DRAWINGS = [("drawn", "Drawn"), ("typed", "Typed"), ("loaded", "Image Loaded")]
SIDES = [("customer", "Customer"), ("company", "Company")]


class PaperContractSignature(models.Model):
    """The evidence of one side's signature: who signed which PDF, when, from where, how, and who has seen it. The
    record says what kind it is and no more: a drawn or typed signature is an ordinary electronic signature, not
    the reliable one of article 13 of the Electronic Signature Law (R4.1.3). A sealed paper counts once a second
    person has seen it. Made by the contract's steps and kept as it is.
    """

    _name = "paper.contract.signature"
    _description = "Signature under a Contract"
    _order = "contract_id, id"
    _rec_name = "signer_name"
    _reason_steps = {
        "action_refuse": ReasonStep(
            _lt("Refuse the Sealed Paper"), hint=_lt("Why the paper does not count."), of="contract_id"
        )
    }

    contract_id = fields.Many2one("paper.contract", required=True, ondelete="cascade", index=True, readonly=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    side = fields.Selection(SIDES, required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    state = fields.Selection(
        [("recorded", "To be Seen by a Second Person"), ("effective", "Effective"), ("refused", "Refused")],
        required=True,
        readonly=True,
        default="recorded",
    )
    drawing = fields.Selection(DRAWINGS, readonly=True)
    signer_name = fields.Char(required=True, readonly=True)
    signer_title = fields.Char(string="Title", readonly=True)
    signed_on = fields.Datetime(required=True, readonly=True)
    paper_date = fields.Date(string="Date on the Paper", readonly=True)
    ip = fields.Char(string="From", readonly=True)
    user_id = fields.Many2one("res.users", string="Login", readonly=True)
    sha256 = fields.Char(string="SHA-256 of the PDF", readonly=True)
    document_id = fields.Many2one("paper.contract.document", string="Evidence", readonly=True, ondelete="restrict")
    recorded_by_id = fields.Many2one("res.users", string="Recorded by", readonly=True)
    seen_by_id = fields.Many2one("res.users", string="Seen by", readonly=True)
    seen_on = fields.Datetime(readonly=True)
    refused_reason = fields.Text(readonly=True)
    # What the certificate of a CA says.
    certificate_subject = fields.Char(string="Certificate of", readonly=True)
    certificate_issuer = fields.Char(string="Issued by", readonly=True)
    certificate_serial = fields.Char(string="Certificate No.", readonly=True)
    certificate_chain = fields.Text(readonly=True)
    certificate_valid_to = fields.Datetime(string="Certificate Valid until", readonly=True)
    certificate_signed_on = fields.Datetime(
        string="Time in the Signature", readonly=True, help="As the signer's own clock said."
    )
    algorithm = fields.Char(readonly=True)
    coverage = fields.Char(readonly=True)

    _one_side = models.UniqueIndex(
        "(contract_id, side) WHERE state != 'refused'", "This side has signed, or its sealed paper is recorded, already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._refuse_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        own = set(vals) - {"company_id"}
        if own and (not self.env.su or any(signature.state != "recorded" for signature in self)):
            self._refuse_by_hand()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse_by_hand()

    def _refuse_by_hand(self):
        raise ContractImmutableError(self.env._("A signature is recorded by the contract's steps and stays as it is."))

    def action_see(self):
        """Confirm to have seen the sealed paper."""
        return self.contract_id.action_confirm_paper_signature(self.side)

    def action_refuse(self, reason=None):
        """Refuse the sealed paper, with a reason."""
        return self.contract_id.action_refuse_paper_signature(self.side, reason)
