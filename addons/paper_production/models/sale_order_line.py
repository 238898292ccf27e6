from odoo import models
from odoo.tools.misc import formatLang


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _portal_facts(self):
        """Add how much of the line is made, as long as not all of it is delivered (R5.3.3)."""
        facts = super()._portal_facts()
        # sudo: the customer follows the goods, not the documents that make them
        productions = self.order_id.sudo()._paper_productions().filtered(
            lambda rec: rec.sale_line_id.id == self.id and rec.state != "cancel"
        )
        if productions and self.qty_delivered < self.product_uom_qty:
            text = self.env._(
                "%(made)s of %(ordered)s kg",
                made=formatLang(self.env, sum(rec._paper_kg(rec._paper_made_qty()) for rec in productions), digits=0),
                ordered=formatLang(self.env, self.paper_weight_kg, digits=0),
            )
            facts.append((self.env._("Produced"), text))
        return facts
