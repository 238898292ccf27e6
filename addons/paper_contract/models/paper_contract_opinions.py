from odoo import api, fields, models


class PaperContract(models.Model):
    _inherit = "paper.contract"

    opinion_ids = fields.One2many(
        "paper.contract.opinion", "contract_id", string="Opinions", groups="base.group_user", by_steps=True
    )
    open_opinions = fields.Integer(compute="_compute_open_opinions", groups="base.group_user")

    @api.depends("opinion_ids.state")
    def _compute_open_opinions(self):
        for contract in self:
            contract.open_opinions = sum(opinion.state == "open" for opinion in contract.opinion_ids)

    def _check_opinions(self):
        """Refuse to go on while an opinion of legal is open: no signature before (R4.1.2)."""
        # sudo: the rule holds for whoever takes the step
        self.sudo().opinion_ids._check_answered()

    def action_add_opinion(self):
        """Write an opinion on a clause of the contract under review, in a dialog."""
        return self.current_review_id.action_add_opinion()


class PaperContractClause(models.Model):
    _inherit = "paper.contract.clause"

    opinion_ids = fields.One2many("paper.contract.opinion", "clause_id", string="Opinions", groups="base.group_user")
