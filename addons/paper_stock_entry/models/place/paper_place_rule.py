from odoo import api, fields, models

FORMATS = [("reel", "Reels"), ("sheet", "Sheets")]


class PaperPlaceRule(models.Model):
    """Where paper is put that enters stock: the first rule that fits and whose place has room."""

    _name = "paper.place.rule"
    _description = "Rule of Places"
    _order = "sequence, id"
    _rec_name = "location_id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    location_id = fields.Many2one(
        "stock.location", string="Place", required=True, index=True, check_company=True, domain="[('usage', '=', 'internal')]"
    )
    format = fields.Selection(FORMATS, help="Empty: every format.")
    grade_id = fields.Many2one("paper.grade", string="Grade", index="btree_not_null", help="Empty: every grade.")
    partner_id = fields.Many2one("res.partner", string="Customer", index="btree_not_null", help="Empty: every customer.")

    def _fits(self, spec):
        self.ensure_one()
        dry = not spec.grade_id.paper_dry or self.location_id.paper_dry
        return (
            dry
            and (not self.format or self.format == spec.format)
            and (not self.grade_id or self.grade_id == spec.grade_id)
            and (not self.partner_id or self.partner_id == spec.partner_id.commercial_partner_id)
        )

    @api.model
    def _places_for(self, lots, company, fallback):
        """Return ``{lot: place}``: the first that fits and takes it beside those before it; ``fallback`` where none does.

        :param fallback: stock.location
        """
        # sudo: whoever enters goods need not read specifications
        rules = self.sudo().search([("company_id", "=", company.id)])
        here = (rules.location_id | fallback)._paper_here()
        found = {}
        for lot in lots.sudo():  # sudo: as above
            spec, kg = lot.paper_spec_id, lot.paper_net_kg
            fitting = rules.filtered(lambda rule, spec=spec: rule._fits(spec)).location_id
            place = next((one for one in fitting if one._paper_takes(lot, kg, here[one])), fallback)
            here[place] = here[place][0] + kg, here[place][1] + 1
            found[lot] = place
        return found
