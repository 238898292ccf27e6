from odoo import api, fields, models

from ..models.message.paper_intake_message import SALES


class PaperIntakeHandover(models.TransientModel):
    """Asks the online operator to whom of sales arrivals are handed over, and does it (R3.1.2)."""

    _name = "paper.intake.handover"
    _description = "Hand-over of Arrivals to Sales"

    message_ids = fields.Many2many("paper.intake.message", string="Arrivals", required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        domain="[('id', 'in', candidate_ids)]",
        help="Unless somebody is named, each arrival goes to its customer's own salesperson, else to those of sales who are"
        " here, in turn.",
    )
    candidate_ids = fields.Many2many("res.users", compute="_compute_candidates")

    @api.depends("message_ids")
    def _compute_candidates(self):
        for wizard in self:
            people = wizard.env["res.users"]
            for company in wizard.message_ids.company_id:
                people |= company._paper_department_users(SALES)._paper_here(company)
            # sudo: the opposite, the dialog shows people as its user sees them
            wizard.candidate_ids = people.sudo(False)

    def action_hand_over(self):
        """Hand the arrivals over."""
        self.ensure_one()
        self.message_ids._hand_over_to(self.user_id)
        return {"type": "ir.actions.act_window_close"}
