from odoo import api, fields, models

from ...exceptions import ProcessCardError


class PaperProcessCard(models.Model):
    """How a grade is made on a machine: its set points, kept by the technical department; the tablet shows the one in use."""

    _name = "paper.process.card"
    _description = "Process Card"
    _inherit = ["mail.thread"]
    _order = "workcenter_id, grade_id, weight_from, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    workcenter_id = fields.Many2one(
        "mrp.workcenter", string="Machine", required=True, index=True, check_company=True, tracking=True
    )
    grade_id = fields.Many2one("paper.grade", string="Grade", index="btree_not_null", tracking=True, help="Empty: every grade.")
    weight_from = fields.Float(string="From (g/m²)", digits=(16, 1), tracking=True)
    weight_to = fields.Float(string="To (g/m²)", digits=(16, 1), tracking=True, help="0: no upper bound.")
    line_ids = fields.One2many("paper.process.card.line", "card_id", string="Set Points", copy=True)

    @api.constrains("weight_from", "weight_to")
    def _check_weights(self):
        for card in self:
            if card.weight_from < 0 or (card.weight_to and card.weight_to < card.weight_from):
                raise ProcessCardError(self.env._("%(card)s: from is not above to, and not below zero.", card=card.name))

    @api.model
    def _of(self, workcenter, spec):
        """Return the card of a machine for a specification: the one for its grade before one for every grade."""
        # sudo: the operator's tablet shows it
        cards = self.sudo().search([("workcenter_id", "=", workcenter.id)])
        weight = spec.basis_weight
        fitting = cards.filtered(
            lambda card: (
                card.grade_id in (spec.grade_id, card.grade_id.browse())
                and card.weight_from <= weight
                and (not card.weight_to or weight <= card.weight_to)
            )
        )
        return fitting.sorted(lambda card: not card.grade_id)[:1]
