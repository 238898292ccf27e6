from odoo import api, fields, models

from ...exceptions import OverrideRefusedError
from ...lib.words import said
from ..evidence.paper_evidence_mixin import EVER


class PaperBlockerOverride(models.Model):
    """The record that somebody entitled let an order go on in spite of a blocker: who, when, why, and
    what stood in the way at that moment. Made once, never changed, never removed.
    """

    _name = "paper.blocker.override"
    _description = "Overridden Blocker"
    _inherit = ["paper.evidence.mixin"]
    _evidence_states = EVER
    _order = "create_date desc, id desc"
    _rec_name = "message"

    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade", index=True, readonly=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    step = fields.Char(required=True, readonly=True)
    code = fields.Char(required=True, readonly=True)
    message = fields.Char(string="Blocker", readonly=True, help="As every department may read it.")
    detail = fields.Char(
        string="What Stood in the Way",
        readonly=True,
        groups="paper_base.group_sales,paper_base.group_credit,paper_base.group_finance,paper_base.group_management,"
        "paper_base.group_paper_overview",
        help="With the figures that not every department reads.",
    )
    role_id = fields.Many2one("res.groups", string="Role", readonly=True)
    user_id = fields.Many2one("res.users", string="Overridden by", readonly=True)
    reason = fields.Text(required=True, readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")  # before the blockers are looked at: their sentences are internal
        records = super().create([self._override_values(vals) for vals in vals_list])
        for record in records:
            # sudo: the entitled person may lack the right to write in the order's chatter
            record.order_id.sudo().message_post(
                body=self.env._(
                    "%(user)s overrode “%(blocker)s”: %(reason)s",
                    user=record.user_id.name,
                    blocker=record.message,
                    reason=record.reason,
                ),
                author_id=record.user_id.partner_id.id,
            )
        return records

    def _override_values(self, vals):
        """Return the values of an override after checking that this user may make it."""
        order = self.env["sale.order"].browse(vals.get("order_id")).exists()
        reason = said(vals.get("reason"))
        if not order or not reason:
            raise OverrideRefusedError(self.env._("An override needs its order and a reason."))
        blocker = self._blocker_to_override(order, vals.get("step"), vals.get("code"))
        return {
            "order_id": order.id,
            "step": vals["step"],
            "code": blocker["code"],
            "message": blocker["shared"],
            "detail": blocker["message"],
            "role_id": self.env.ref(blocker["role"]).id,
            "user_id": self.env.uid,
            "reason": reason,
        }

    @api.model
    def _blocker_to_override(self, order, step, code):
        """Return the blocker of an order that this person may override.

        :raises OverrideRefusedError: for what blocks nothing, and for another role
        """
        order.check_access("read")
        # sudo: the blockers are the same whatever the user may read
        found = order.sudo()._get_blockers(step).get(order.sudo(), [])
        blocker = next((item for item in found if item["code"] == code), None)
        if not blocker:
            raise OverrideRefusedError(self.env._("Nothing of that kind blocks %(order)s.", order=order.name))
        if not blocker["role"] or not self.env.user.has_group(blocker["role"]):
            raise OverrideRefusedError(self._refused_message(blocker))
        return blocker

    def _refused_message(self, blocker):
        if not blocker["role"]:
            return self.env._("Nobody may override this: %(blocker)s", blocker=blocker["message"])
        # sudo: only the name of the group is shown
        role = self.env.ref(blocker["role"]).sudo().name
        return self.env._("Only %(role)s may override this: %(blocker)s", role=role, blocker=blocker["message"])

    def write(self, vals):
        if set(vals) - {"company_id"}:
            raise OverrideRefusedError(self.env._("An override stays as it was recorded."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise OverrideRefusedError(self.env._("An override stays as it was recorded."))
