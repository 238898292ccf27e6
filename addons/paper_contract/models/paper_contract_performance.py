from odoo import fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.locking import lock_or_tell

from ..exceptions import SignatureDataError
from .paper_contract_document import SCAN_TYPES


class PaperContract(models.Model):
    """Into force without both signatures: performance that the other side accepted (Civil Code, article 490)."""

    _inherit = "paper.contract"

    def action_record_performance(self, reason=None, evidence=None):
        """Put a contract in force by performance: one side has performed its main duty and the other accepted it before
        both had signed (Civil Code, article 490). By the management, with a reason and its evidence.

        :param reason: what was performed, and how it was accepted
        :param evidence: PDF or picture, in base64: a delivery note, a receipt
        """
        self._check_act("record_performance")
        self.ensure_one()
        if reason is None and evidence is None:
            return self.env["paper.contract.evidence"]._open(self, "performance")
        if not said(reason):
            raise SignatureDataError(self.env._("Say what was performed and how it was accepted."))
        lock_or_tell(self)
        self._check_terms()
        self._check_blanks()
        self._check_opinions()
        self._check_issued_intact()
        raw, mimetype = self._read_file(evidence)
        name = f"{self.name}-performance.{SCAN_TYPES[mimetype]}"
        self.env["paper.contract.document"]._archive(self, "evidence", name, raw, mimetype)
        self._set(
            {
                "performance_on": fields.Datetime.now(),
                "performance_by_id": self.env.uid,
                "performance_reason": said(reason),
            }
        )
        self._log(self.env._("Performance accepted (Civil Code, article 490): %(reason)s", reason=said(reason)))
        return self._take_step("in_force")
