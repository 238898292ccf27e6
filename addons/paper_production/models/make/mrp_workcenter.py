from odoo import api, fields, models, tools


class MrpWorkcenter(models.Model):
    _name = "mrp.workcenter"
    _inherit = ["mrp.workcenter", "paper.cached.mixin"]
    _cached_fields = ("paper_deckle", "active", "company_id")

    paper_deckle = fields.Float(
        string="Deckle (mm)", digits=(16, 2), help="Widest web that this machine makes. 0: makes no paper web."
    )

    _paper_deckle_positive = models.Constraint("CHECK(paper_deckle >= 0)", "A deckle cannot be negative.")

    @api.model
    @tools.ormcache("company_id")
    def _paper_widest_deckle(self, company_id):
        """Return the widest deckle of a company's machines, mm; 0 where none is known."""
        # sudo: a salesperson's order is checked against machines that he cannot read
        rows = self.sudo()._read_group([("company_id", "in", (False, company_id))], aggregates=["paper_deckle:max"])
        return rows[0][0] or 0.0
