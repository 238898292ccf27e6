from odoo import fields, models
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering

SALES, QUALITY = "paper_base.group_sales", "paper_base.group_quality"


class PaperSampleRequest(models.Model):
    """Sheets that a customer wants to see before ordering: asked for by sales, sent by quality, confirmed by a link."""

    _module = None  # the test alone adds it to its registry; a model of yours does without this line
    _name = "paper.sample.request"
    _description = "Sample Request"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.deadline.mixin", "paper.link.mixin"]

    _steps = {
        "draft": {"asked": (SALES,)},
        "asked": {"sent": (QUALITY,), "draft": (SALES,)},
        "sent": {},
    }
    _step_verbs = {"ask": "asked", "send": "sent"}
    _entering = {
        "asked": Entering(check="_check_asked", then="_action_asked"),
        "sent": Entering(by="sent_by_id", on="sent_on", then="_action_sent"),
    }

    name = fields.Char(required=True, by_hand={"draft": ()})
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    partner_id = fields.Many2one("res.partner", required=True, by_hand={"draft": (SALES,)})
    sheets = fields.Integer(by_hand={"draft": (), "asked": (QUALITY,)})
    state = fields.Selection(
        [("draft", "Draft"), ("asked", "Asked for"), ("sent", "Sent")], default="draft", required=True, by_steps=True
    )
    sent_by_id = fields.Many2one("res.users", by_steps=True)
    sent_on = fields.Datetime(by_steps=True)
    received_on = fields.Datetime(by_steps=True)
    can_ask = fields.Boolean(compute="_compute_can_steps")
    can_send = fields.Boolean(compute="_compute_can_steps")

    def action_ask(self):
        return self._take_step("asked")

    def action_send(self):
        return self._take_step("sent")

    def _check_asked(self):
        if any(request.sheets <= 0 for request in self):
            raise self._state_error(self.env._("Say how many sheets the customer wants."))

    def _action_asked(self):
        self._clock_start(3)
        self.company_id._paper_tell(QUALITY, self, lambda request: request.env._("Send %(sheets)s sheets", sheets=request.sheets))

    def _action_sent(self):
        self._clock_stop()
        url = f"{self.get_base_url()}/samples/{self._link_issue('receive', uses=1, partner=self.partner_id)}"
        self.company_id._paper_send(self.partner_id, self, "Your samples", f"<a href='{url}'>Received</a>", secret=True)

    def _receive(self, token):
        """Note that the customer has them; called by the page of the link."""
        return self._link_use("receive", token) and self.sudo()._by_step().write({"received_on": fields.Datetime.now()})
