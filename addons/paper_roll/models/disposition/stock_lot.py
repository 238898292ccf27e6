from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ...exceptions import DispositionError, DispositionRightError

_lt = LazyTranslate(__name__)

QUALITY = ("paper_base.group_quality",)
# Whoever sees a fault stops the roll; what becomes of it the quality department decides.
HOLDERS = (
    "paper_base.group_quality",
    "paper_base.group_supervisor",
    "paper_base.group_workshop",
    "paper_base.group_warehouse",
)
DISPOSITIONS = [
    ("pending", "Not Yet Decided"),
    ("sale", "For Sale"),
    ("held", "On Hold"),
    ("rework", "To Be Reworked"),
    ("downgrade", "Downgraded"),
    ("cull", "Culled"),
    ("broke", "Broke"),
]
FOR_SALE = ("sale",)
# What neither a customer nor the next operation gets.
STOPPED = ("held", "cull")
ENTERED = Entering(by="paper_disposition_by_id", on="paper_disposition_on", then="_action_disposed")


class StockLot(models.Model):
    """What may become of a roll: a step of its own each, with a reason, of who decided and when.

    Only what is for sale is kept for customers and goes to them. Rolls begin undecided. An inspection that passes or fails
    takes them on where the quality addon is installed; a roll that somebody stopped waits for a decision.
    """

    _inherit = "stock.lot"

    _step_field = "paper_disposition"
    _steps = {
        "pending": {
            "sale": QUALITY,
            "held": HOLDERS,
            "rework": QUALITY,
            "downgrade": QUALITY,
            "cull": QUALITY,
            "broke": QUALITY,
        },
        "sale": {"pending": (), "held": HOLDERS, "rework": QUALITY, "downgrade": QUALITY, "cull": QUALITY, "broke": QUALITY},
        "held": {"sale": QUALITY, "rework": QUALITY, "downgrade": QUALITY, "cull": QUALITY, "broke": QUALITY},
        "rework": {"sale": QUALITY, "held": HOLDERS, "downgrade": QUALITY, "cull": QUALITY, "broke": QUALITY},
        "downgrade": {"sale": QUALITY, "held": HOLDERS, "rework": QUALITY, "cull": QUALITY, "broke": QUALITY},
        "cull": {"held": QUALITY, "broke": QUALITY},
        "broke": {},
    }
    _entering = dict.fromkeys(dict(DISPOSITIONS), ENTERED)
    _step_verbs = {
        "release": "sale",
        "hold": "held",
        "rework": "rework",
        "downgrade": "downgrade",
        "cull": "cull",
        "make_broke": "broke",
    }
    _reason_steps = {
        "action_release": ReasonStep(_lt("Release for Sale"), hint=_lt("Why these rolls may go to customers.")),
        "action_hold": ReasonStep(_lt("Put on Hold"), hint=_lt("What was seen, and where.")),
        "action_hold_sisters": ReasonStep(
            _lt("Hold the Sister Rolls"), hint=_lt("What was seen, and where."), arguments=("scope",), about="_paper_sisters_text"
        ),
        "action_rework": ReasonStep(_lt("Send to Rework"), hint=_lt("What is to be done: rewound, trimmed, splices taken out.")),
        "action_downgrade": ReasonStep(_lt("Downgrade"), hint=_lt("For which use they are good enough.")),
        "action_cull": ReasonStep(_lt("Cull"), hint=_lt("Why they are not to be sold.")),
        "action_make_broke": ReasonStep(_lt("Make Broke"), hint=_lt("Why they go back to the pulper.")),
    }
    _state_error = DispositionError
    _right_error = DispositionRightError
    _field_error = DispositionError

    paper_disposition = fields.Selection(
        DISPOSITIONS, string="Disposition", default="pending", required=True, index=True, tracking=True, by_steps=True
    )
    paper_disposition_reason = fields.Char(string="Reason", tracking=True, by_steps=True)
    paper_disposition_by_id = fields.Many2one("res.users", string="Decided by", by_steps=True)
    paper_disposition_on = fields.Datetime(string="Decided on", by_steps=True)
    paper_stopped_by_hand = fields.Boolean(by_steps=True, help="Stopped by a person: no inspection that passes releases it.")
    can_release = fields.Boolean(compute="_compute_can_steps")
    can_hold = fields.Boolean(compute="_compute_can_steps")
    can_rework = fields.Boolean(compute="_compute_can_steps")
    can_downgrade = fields.Boolean(compute="_compute_can_steps")
    can_cull = fields.Boolean(compute="_compute_can_steps")
    can_make_broke = fields.Boolean(compute="_compute_can_steps")
    can_hold_sisters = fields.Boolean(compute="_compute_can_hold_sisters")

    @api.depends("paper_parent_link_ids", "paper_child_link_ids")
    @api.depends_context("uid")
    def _compute_can_hold_sisters(self):
        may = self._is_one_of(HOLDERS)
        for lot in self:
            lot.can_hold_sisters = may and bool(lot.paper_parent_link_ids or lot.paper_child_link_ids)

    def _step_objection(self, state):
        # sudo: only whether it is paper is asked
        if not self.sudo().is_paper:
            return self.env._("%(lot)s is no paper: only paper has a disposition.", lot=self.name)
        return super()._step_objection(state)

    def action_release(self, reason=None):
        """Release the rolls for sale; quality (R6.1.1)."""
        return self._dispose("action_release", "sale", reason)

    def action_hold(self, reason=None):
        """Stop the rolls: nothing of them is kept for a customer or used until it is decided what becomes of them (R5.3.2)."""
        return self._dispose("action_hold", "held", reason)

    def action_rework(self, reason=None):
        """Have the rolls made good, by rewinding for example; quality (R5.3.2)."""
        return self._dispose("action_rework", "rework", reason)

    def action_downgrade(self, reason=None):
        """Keep the rolls for a lesser use; quality (R5.3.2)."""
        return self._dispose("action_downgrade", "downgrade", reason)

    def action_cull(self, reason=None):
        """Sort the rolls out; quality (R5.3.2)."""
        return self._dispose("action_cull", "cull", reason)

    def action_make_broke(self, reason=None):
        """Send the rolls back to the pulper; quality (R5.3.2)."""
        return self._dispose("action_make_broke", "broke", reason)

    def _dispose(self, method, state, reason):
        self._check_step(state)
        if not said(reason):
            return self._ask_reason(method)
        return self._take_step(state, paper_disposition_reason=said(reason), paper_stopped_by_hand=state != "sale")

    def action_hold_sisters(self, reason=None, scope="jumbo"):
        """Stop in one step all rolls of the same jumbo, of the same set, or from the same place across the web (R5.3.2).

        :param scope: jumbo, set or position
        """
        # sudo: a fault is stopped in all of them, whatever the user may read
        sisters = (self._paper_sisters(scope) | self).sudo().filtered(lambda lot: "held" in self._steps[lot.paper_disposition])
        sisters = sisters.with_user(self.env.user)
        if not sisters:
            raise DispositionError(self.env._("None of these rolls can be put on hold: all are already, or are broke."))
        sisters._check_step("held")
        if not said(reason):
            return self._ask_reason("action_hold_sisters", scope=scope)
        return sisters._dispose("action_hold", "held", reason)

    def action_hold_jumbo(self):
        """Stop all rolls of the same jumbo."""
        return self.action_hold_sisters(scope="jumbo")

    def action_hold_set(self):
        """Stop all rolls of the same set."""
        return self.action_hold_sisters(scope="set")

    def action_hold_position(self):
        """Stop all rolls from the same place across the web of the jumbo: a streak runs through all of them."""
        return self.action_hold_sisters(scope="position")

    def _action_disposed(self):
        """Give back what is kept of the rolls for customers, unless they are for sale. Override to do more."""
        stopped = self.filtered(lambda lot: lot.paper_disposition not in FOR_SALE)
        # sudo: the rule is the same whatever of deliveries the user may change
        lines = (
            self.env["stock.move.line"]
            .sudo()
            .search([("lot_id", "in", stopped.ids), ("state", "not in", ("done", "cancel")), ("picked", "=", False)])
        )
        lines = lines.filtered(lambda line: line.move_id._paper_purpose() == "customer")
        lost = {picking: own.lot_id for picking, own in lines.grouped("picking_id").items() if picking}
        lines.unlink()
        self._paper_tell_disposed(lost)
