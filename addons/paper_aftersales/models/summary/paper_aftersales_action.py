from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ...exceptions import SummaryError

KEEPERS = ("paper_base.group_sales", "paper_base.group_quality", "paper_base.group_management")
OPEN = {"new": KEEPERS, "open": KEEPERS}


class PaperAftersalesAction(models.Model):
    """What is done so that a common problem does not come again: by whom, until when, and what came of it (R7.3.2). The next
    summary says what the actions did."""

    _name = "paper.aftersales.action"
    _description = "Improvement from After-sales"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.deadline.mixin"]
    _order = "state, deadline_date, id"
    _check_company_auto = True
    _steps = {"open": {"done": ()}, "done": {"checked": KEEPERS, "open": KEEPERS}, "checked": {}}
    _step_verbs = {"check": "checked", "reopen": "open"}
    _acts = {"finish": (("open",), ())}
    _evidence_states = ("checked",)
    _state_error = SummaryError
    _right_error = SummaryError
    _field_error = SummaryError
    _locked_error = SummaryError

    name = fields.Char(string="Action", required=True, by_hand=OPEN)
    summary_id = fields.Many2one(
        "paper.aftersales.summary", string="From Summary", ondelete="restrict", index=True, by_hand={"new": KEEPERS}
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True, by_hand={"new": ()}
    )
    kind = fields.Selection(
        [("improvement", "Improvement"), ("prevention", "Prevention")], required=True, default="improvement", by_hand=OPEN
    )
    defect_id = fields.Many2one("paper.defect", index="btree_not_null", ondelete="restrict", by_hand=OPEN)
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        domain=[("share", "=", False)],
        ondelete="restrict",
        by_hand=OPEN,
        index=True,
    )
    due_days = fields.Integer(string="Within (working days)", required=True, default=20, by_hand={"new": KEEPERS})
    result = fields.Text(string="What Was Done", tracking=True, by_hand={"open": ()})
    effect = fields.Text(string="What It Did", tracking=True, by_hand={"done": KEEPERS}, help="By which figures that shows.")
    done_on = fields.Datetime(by_steps=True)
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("checked", "Effect Checked")],
        required=True,
        default="open",
        index=True,
        by_steps=True,
    )
    can_finish = fields.Boolean(compute="_compute_can_steps")
    can_check = fields.Boolean(compute="_compute_can_steps")
    can_reopen = fields.Boolean(compute="_compute_can_steps")

    _due = models.Constraint("CHECK(due_days > 0)", "An action has at least one working day.")

    def _act_objection(self, verb):
        if verb == "finish" and self.env.user != self.user_id and not self._is_one_of(KEEPERS):
            return self.env._("“%(action)s” is finished by %(name)s.", action=self.name, name=self.user_id.name)
        return super()._act_objection(verb)

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        for action in actions:
            action._clock_start(action.due_days)
            action._clock_tell(action.user_id, action._clock_words, kind="open")
        return actions

    def action_finish(self):
        """Note that it is done; the responsible person (R7.3.2)."""
        self._check_act("finish")
        for action in self:
            if not said(action.result):
                raise SummaryError(self.env._("“%(action)s”: write down what was done.", action=action.name))
        self._follow_to("done", done_on=fields.Datetime.now())
        self._clock_stop()
        return True

    def action_check(self):
        """Note that its effect was looked at."""
        for action in self:
            if not said(action.effect):
                raise SummaryError(self.env._("“%(action)s”: write down what it did.", action=action.name))
        return self._take_step("checked")

    def action_reopen(self):
        """Take it up again: it had no effect."""
        self._take_step("open")
        for action in self:
            action._clock_start(action.due_days)
        return True

    def _clock_users(self):
        return self.user_id

    def _clock_summary(self):
        return self.env._("Carry out: %(action)s", action=self.name)
