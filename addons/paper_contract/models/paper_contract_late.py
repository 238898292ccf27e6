from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ..exceptions import ChangeTooLateError, ContractStateError, SignatureDataError

_lt = LazyTranslate(__name__)

OPEN = ("draft", "review", "reviewed", "sent")


class PaperContract(models.Model):
    """A supplement after the last date for changes: nobody submits, sends or signs it before somebody entitled has let
    it through, with a reason. The consent is to the change as it was then; another change needs another one (R4.1.3).
    """

    _inherit = "paper.contract"
    _reason_steps = {
        "action_allow_late_change": ReasonStep(
            _lt("Let the Late Change through"),
            hint=_lt("Why the order can still be changed. The reason is kept with your name."),
        )
    }

    last_change_date = fields.Date(
        string="Last Date for Changes", compute="_compute_last_change_date", groups="base.group_user"
    )
    is_late_change = fields.Boolean(compute="_compute_last_change_date", groups="base.group_user")
    late_allowed_by_id = fields.Many2one(
        "res.users", string="Late Change Allowed by", groups="base.group_user", by_steps=True
    )
    late_allowed_on = fields.Datetime(groups="base.group_user", by_steps=True)
    late_reason = fields.Text(string="Why so Late", groups="base.group_user", by_steps=True)
    late_terms = fields.Json(groups="base.group_user", by_steps=True)

    @api.depends(
        "order_id.commitment_date", "order_id.order_line.paper_commitment_date", "parent_id", "state", "late_terms",
        "new_commitment_date", "change_ids.new_quantity", "change_ids.new_price", "change_ids.new_spec_id",
        "change_ids.new_commitment_date", "change_ids.new_shipping_id",
    )
    def _compute_last_change_date(self):
        for contract in self:
            contract.last_change_date = contract.parent_id and contract.order_id._last_change_date() or False
            contract.is_late_change = contract.state in OPEN and contract._is_late()

    def _is_late(self):
        """Say whether the last date for changes has passed and nobody let this very change through."""
        self.ensure_one()
        last = self.parent_id and self.order_id._last_change_date()
        if not last or self.company_id._paper_today() <= last:
            return False
        # sudo: the consent is the same whoever asks for it
        return self.sudo().late_terms != self.sudo()._order_terms()["supplement"]

    def _check_in_time(self):
        """Refuse a supplement after the last date for changes, unless it was let through.

        :raises ChangeTooLateError: with the date, and who can let it through
        """
        for contract in self.filtered("parent_id"):
            if contract._is_late():
                raise ChangeTooLateError(
                    self.env._(
                        "%(order)s could be changed until %(date)s. Now the change has to be let through first, by: "
                        "%(departments)s.",
                        order=contract.order_id.name,
                        date=contract.company_id._paper_date(contract.order_id._last_change_date()),
                        departments=contract._group_names(contract._late_departments()),
                    )
                )

    def _late_departments(self):
        """Return the xmlids of the groups that may let a late change through. Override to add."""
        return ["paper_base.group_management"]

    def action_allow_late_change(self, reason=None):
        """Let a supplement through after the last date for changes; without a reason, a dialog asks for it (R4.1.3).

        :raises ContractStateError: if it is not late, or no supplement that is being made
        """
        self._check_department(*self._late_departments())
        self.check_access("read")
        self.ensure_one()
        if not said(reason):
            self._check_late()
            return self.env["paper.reason.wizard"]._ask(self, "action_allow_late_change")
        self._allow_late_change(reason)
        return True

    def _check_late(self):
        self._check_state(*OPEN)
        for contract in self:
            if not contract._is_late():
                raise ContractStateError(
                    self.env._("“%(contract)s” is not late: it needs no consent.", contract=contract.name)
                )

    def _allow_late_change(self, reason):
        """Record that the user let the change through as it stands; the caller has checked that he may."""
        self._check_late()
        if not said(reason):
            raise SignatureDataError(self.env._("Say why the change may still be made."))
        for contract in self:
            # sudo: the consent is to the whole change, whatever of it the user may read
            supplement = contract.sudo()._order_terms()["supplement"]
            contract._set(
                {
                    "late_allowed_by_id": self.env.uid,
                    "late_allowed_on": fields.Datetime.now(),
                    "late_reason": said(reason),
                    "late_terms": supplement,
                }
            )
            contract._log(self.env._("Let through after the last date for changes: %(reason)s", reason=said(reason)))
            contract._tell(
                contract._drafters(),
                lambda rec: rec.env._("The late change may be made: go on with the supplement"),
            )
