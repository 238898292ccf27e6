from odoo import api, fields, models, tools

DECKLE_FIELDS = {"paper_deckle", "active", "company_id"}


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    paper_deckle = fields.Float(
        string="Deckle (mm)", digits=(16, 2), help="Widest web that this machine makes. 0: makes no paper web."
    )

    _paper_deckle_positive = models.Constraint("CHECK(paper_deckle >= 0)", "A deckle cannot be negative.")

    @api.model
    @tools.ormcache("company_id")
    def _paper_widest_deckle(self, company_id):
        """Return the widest deckle of a company's machines, mm; 0 where none is known."""
        # sudo: a salesperson's order is checked against machines that he cannot read
        rows = self.sudo()._read_group(
            [("company_id", "in", (False, company_id))], aggregates=["paper_deckle:max"]
        )
        return rows[0][0] or 0.0

    @api.model_create_multi
    def create(self, vals_list):
        workcenters = super().create(vals_list)
        if any(vals.get("paper_deckle") for vals in vals_list):
            self.env.registry.clear_cache()
        return workcenters

    def write(self, vals):
        result = super().write(vals)
        if DECKLE_FIELDS & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
