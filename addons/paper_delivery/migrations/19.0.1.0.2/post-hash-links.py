"""The signing links of deliveries stood in clear text: those that were sent go on working, of each only the hash is kept."""

from odoo.addons.paper_base.links import carry_over


def migrate(cr, version):
    carry_over(cr, "stock.picking", "stock_picking", "paper_sign_token", "sign")
