from odoo import fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.addons.paper_contract.exceptions import ContractRoleError
from odoo.addons.paper_production.models.make.mrp_production import STARTED
from odoo.addons.paper_production.models.plan.paper_production_plan import SUPERVISOR
from odoo.tools import LazyTranslate

from ..exceptions import NothingToConsentError

_lt = LazyTranslate(__name__)

LATE_CHANGE = "paper_contract_production.mail_activity_late_change"


class SaleOrder(models.Model):
    """Until when the production plan lets an order be changed, and the supervisor's consent to what comes later: on the
    order, because production does not read contracts (R4.1.3).
    """

    _inherit = "sale.order"

    # Production sees what changes, without prices.
    _reason_steps = {
        "action_allow_late_change": ReasonStep(
            _lt("Consent to the Late Change"),
            hint=_lt("Why the order can still be changed. The reason is kept with your name."),
            about="_late_change_shown",
        )
    }

    late_change_text = fields.Text(
        string="Late Change", compute="_compute_late_change_text", groups="base.group_user", compute_sudo=True
    )

    def _compute_late_change_text(self):
        for order in self:
            supplement = order._late_supplement()
            order.late_change_text = "\n".join(supplement._plain_changes()) if supplement else False

    def _late_supplement(self):
        """Return the supplement that waits for a consent, in sudo."""
        self.ensure_one()
        # sudo: production consents to a change of a contract that it may not read
        return self.sudo().contract_ids.filtered(lambda contract: contract.parent_id and contract.is_late_change)[:1]

    def _planned_productions(self):
        """Return the manufacturing orders that a plan holds, or that have begun."""
        self.ensure_one()
        # sudo: the plan is the same whoever asks for its dates
        return self.sudo()._paper_productions().filtered(
            lambda rec: rec.state != "cancel"
            and (rec.state in STARTED or (rec.paper_plan_id and rec.paper_plan_id.state != "cancelled"))
        )

    def _last_change_date(self):
        planned = self._planned_productions()
        starts = planned.filtered("date_start").mapped("date_start")
        if not starts:
            return super()._last_change_date()
        begin = self.company_id._paper_day(min(starts))
        last = self.company_id._paper_add_working_days(begin, -self.company_id.paper_change_production_days)
        # The freeze fence of the machine may begin earlier.
        frozen = planned.filtered("paper_change_until").mapped("paper_change_until")
        return min([last, *(self.company_id._paper_day(moment) for moment in frozen)])

    def action_allow_late_change(self, reason=None):
        """Consent to a change after the last date, by the production supervisor (R4.1.3).

        :raises ContractRoleError: for anybody else
        :raises NothingToConsentError: where no late change waits
        """
        self.ensure_one()
        self.check_access("read")
        plans = self.env["paper.production.plan"]
        if not plans._is_one_of((SUPERVISOR,)):
            names = plans._group_names((SUPERVISOR,))
            raise ContractRoleError(self.env._("This step belongs to: %(departments)s.", departments=names))
        supplement = self._late_supplement()
        if not supplement:
            raise NothingToConsentError(
                self.env._("No late change of %(order)s waits for a consent.", order=self.name)
            )
        if not said(reason):
            return self.env["paper.reason.wizard"]._ask(self, "action_allow_late_change")
        supplement._allow_late_change(reason)
        return True

    def _late_change_shown(self):
        return self.late_change_text

    def _late_change_settled(self):
        """Take the question from the supervisors: it was answered, or the supplement was given up."""
        self.env["res.company"]._paper_told(self, LATE_CHANGE)
