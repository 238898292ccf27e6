from odoo import api, fields, models

from ...exceptions import CompletionRecordError


class PaperCompletionLine(models.Model):
    """One question about an incomplete order and its answer: what was asked when, who answered it when and by
    which way. It stays as it is; nobody changes what was asked and said.
    """

    _name = "paper.completion.line"
    _description = "Question about an Order"
    _inherit = ["paper.step.mixin"]
    _order = "asked_on desc, id"
    _rec_name = "question"
    _all_by_steps = True

    _steps = {"open": {"answered": (), "settled": (), "left": ()}, "answered": {}, "settled": {}, "left": {}}
    _state_error = CompletionRecordError
    _field_error = CompletionRecordError

    request_id = fields.Many2one("paper.completion.request", required=True, ondelete="cascade", index=True)
    order_id = fields.Many2one(related="request_id.order_id", store=True, index=True)
    company_id = fields.Many2one(related="request_id.company_id", store=True, index=True)
    fact_id = fields.Many2one("paper.required.fact", string="Fact", ondelete="set null")
    fact = fields.Char(string="Fact (stable name)", required=True)
    target = fields.Char(required=True, help="Record and fact that the question is about.")
    question = fields.Text(string="Question Asked", required=True)
    state = fields.Selection(
        [("open", "Open"), ("answered", "Answered"), ("settled", "Settled Otherwise"), ("left", "Left Open")],
        required=True,
        default="open",
        index=True,
    )
    asked_on = fields.Datetime(required=True, default=fields.Datetime.now)
    asked_by_id = fields.Many2one("res.users", string="Asked by")
    answer = fields.Text()
    answered_on = fields.Datetime()
    answered_by_id = fields.Many2one("res.partner", string="Answered by")
    taken_by_id = fields.Many2one("res.users", string="Written down by")
    via = fields.Selection([("link", "Customer's Link"), ("phone", "Phone"), ("mail", "Mail"), ("order", "In the Order")])
    ip = fields.Char(string="From Address")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise CompletionRecordError(self.env._("What was asked and answered about an order stays as it is."))
