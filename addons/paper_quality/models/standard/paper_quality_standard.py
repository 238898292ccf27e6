from odoo import api, fields, models, tools


class PaperQualityStandard(models.Model):
    """The limits of a product standard, or of what a customer asks of all its paper, as the quality department enters them from
    the text before it. Nothing is shipped: no limit is invented. A customer's come before the specification, those of a product
    standard after it.
    """

    _name = "paper.quality.standard"
    _description = "Limits of a Standard"
    _inherit = ["mail.thread", "paper.cached.mixin"]
    _order = "partner_id, name, id"
    _check_company_auto = True

    name = fields.Char(string="Standard", required=True, tracking=True, help="Its number, for example GB/T 24989.")
    edition = fields.Char(required=True, tracking=True, help="Year of the edition from which the limits are taken.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", index="btree_not_null", tracking=True, help="Whose standing requirement this is."
    )
    grade_ids = fields.Many2many("paper.grade", string="Grades", help="Of which paper it speaks; of a customer's all, if empty.")
    line_ids = fields.One2many("paper.quality.standard.line", "standard_id", string="Limits", copy=True)

    def _compute_display_name(self):
        for standard in self:
            standard.display_name = "-".join(filter(None, (standard.name, standard.edition)))

    def _lines_for(self, spec, company):
        """Return ``(customer's, product standard's)`` limits of a specification, each ``{property: line}``."""
        if not spec:
            return {}, {}
        buyer = spec.partner_id.commercial_partner_id
        found = self.browse(self._ids_of(company.id)).filtered(
            lambda rec: not rec.partner_id or rec.partner_id.commercial_partner_id == buyer
        )
        own = found.filtered(lambda rec: rec.partner_id and (not rec.grade_ids or spec.grade_id in rec.grade_ids))
        common = found.filtered(lambda rec: not rec.partner_id and spec.grade_id and spec.grade_id in rec.grade_ids)
        return own._by_property(), common._by_property()

    @api.model
    @tools.ormcache("company_id")
    def _ids_of(self, company_id):
        """Return the ids of a company's standards: asked for each inspection that is made, and seldom changed."""
        return tuple(self.search([("company_id", "=", company_id)]).ids)

    def _by_property(self):
        return {line._property_key(): line for line in self.line_ids}
