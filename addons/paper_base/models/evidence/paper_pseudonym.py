from odoo import fields, models

from .paper_evidence_mixin import EVER


class PaperPseudonym(models.Model):
    """The record that the personal data of somebody who left was replaced by a pseudonym, because a law asked for it: who
    did it, when and why. What the person decided stays, under the pseudonym. Made by its step, never changed.
    """

    _name = "paper.pseudonym"
    _description = "Pseudonym"
    _inherit = ["paper.step.mixin"]
    _order = "id desc"
    _rec_name = "partner_id"

    _all_by_steps = True
    _evidence_states = EVER

    partner_id = fields.Many2one("res.partner", string="Pseudonym", required=True, ondelete="restrict", index=True)
    user_id = fields.Many2one("res.users", string="Replaced by", required=True, ondelete="restrict")
    replaced_on = fields.Datetime(required=True, default=fields.Datetime.now)
    reason = fields.Text(required=True)
