from odoo import fields, models
from odoo.fields import Domain

from .stock_lot import FOR_SALE, STOPPED

# Context key: what a move reserves for. Whoever says nothing reserves for a customer; moves say it themselves.
PURPOSE = "paper_purpose"


class StockQuant(models.Model):
    _inherit = "stock.quant"

    # Not stored: a roll changes it without moving.
    paper_disposition = fields.Selection(related="lot_id.paper_disposition", string="Disposition")
    paper_kind = fields.Selection(related="lot_id.paper_kind", string="Kind")

    def _get_gather_domain(self, product_id, location_id, lot_id=None, package_id=None, owner_id=None, strict=False):
        """What is not for sale is kept for no customer, what is stopped for nobody (R5.3.2, R6.1.1)."""
        domain = super()._get_gather_domain(product_id, location_id, lot_id, package_id, owner_id, strict)
        # Odoo keeps its books by strict search; a line that names a lot is asked when it is written.
        purpose = self.env.context.get(PURPOSE)
        if strict or not product_id.is_paper or purpose == "inside":
            return domain
        allowed = Domain("lot_id.paper_disposition", "not in", STOPPED)
        if purpose != "production":
            allowed = Domain("lot_id.paper_disposition", "in", FOR_SALE)
        return Domain(domain) & (Domain("lot_id", "=", False) | allowed)
