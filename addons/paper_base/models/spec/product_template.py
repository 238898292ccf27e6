from odoo import api, fields, models

from ...exceptions import PaperInvoicingError

INVOICED_BY = "delivery"


class ProductTemplate(models.Model):
    _inherit = "product.template"

    is_paper = fields.Boolean(
        string="Paper",
        help="Ordered by specification; its orders follow the paper order regulation, and what was delivered is invoiced.",
        index=True,
    )
    paper_grade_id = fields.Many2one("paper.grade", string="Grade", index="btree_not_null", ondelete="restrict")

    @api.depends("is_paper")
    def _compute_invoice_policy(self):
        result = super()._compute_invoice_policy()
        self.filtered("is_paper").invoice_policy = INVOICED_BY
        return result

    @api.constrains("is_paper", "invoice_policy")
    def _check_paper_invoicing(self):
        for product in self.filtered(lambda rec: rec.is_paper and rec.invoice_policy != INVOICED_BY):
            raise PaperInvoicingError(
                self.env._(
                    "%(product)s is paper: what was weighed and delivered is invoiced, not what was ordered. Leave its "
                    "invoicing policy at the delivered quantities.",
                    product=product.display_name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        paper = self.default_get(["is_paper"]).get("is_paper")
        # A default for all products, of the settings or of a context, is not meant for paper.
        vals_list = [
            {"invoice_policy": INVOICED_BY, **vals} if vals.get("is_paper", paper) else vals for vals in vals_list
        ]
        return super().create(vals_list)

    def write(self, vals):
        if "is_paper" not in vals:
            return super().write(vals)
        turned = self.filtered(lambda rec: rec.is_paper != bool(vals["is_paper"]))
        result = turned.product_variant_ids._turned_into_paper(
            vals["is_paper"], lambda: super(ProductTemplate, self).write(vals)
        )
        if vals["is_paper"]:
            turned._invoice_paper_as_delivered()
        return result

    def _invoice_paper_as_delivered(self):
        """Make orders that are not invoiced yet follow the delivered quantities of these products.

        Odoo leaves them as they were, since it takes a changed policy for one of future orders.
        """
        if not self:
            return
        # sudo: the orders may be anybody's
        lines = self.env["sale.order.line"].sudo().search(
            [("product_id.product_tmpl_id", "in", self.ids), ("state", "=", "sale"), ("invoice_status", "!=", "invoiced")]
        )
        self.env.add_to_compute(lines._fields["qty_to_invoice"], lines)
        lines.modified(["qty_to_invoice"])
