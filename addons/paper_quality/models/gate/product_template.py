from odoo import models

from ...exceptions import PaperPlaceError


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def write(self, vals):
        changed = self.filtered(lambda rec: rec.is_paper != bool(vals["is_paper"])) if "is_paper" in vals else self.browse()
        if changed:
            # sudo: the rule is the same whatever the user may read
            found = self.env["stock.quant"].sudo().search(
                [
                    ("product_id.product_tmpl_id", "in", changed.ids),
                    ("quantity", "!=", 0),
                    ("location_id.usage", "in", ("internal", "transit")),
                ],
                limit=1,
            )
            if found:
                raise PaperPlaceError(
                    self.env._(
                        "%(product)s lies in %(place)s: whether it is paper stays as it is while there is any of it.",
                        product=found.product_id.display_name,
                        place=found.location_id.display_name,
                    )
                )
        return super().write(vals)
