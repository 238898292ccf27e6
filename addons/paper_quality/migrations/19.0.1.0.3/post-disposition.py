from odoo import SUPERUSER_ID, api
from odoo.tools import split_every


def migrate(cr, version):
    """What passed its inspection could be sold, so it is for sale; what failed is on hold."""
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    lots = env["stock.lot"].search([("product_id.is_paper", "=", True), ("paper_disposition", "=", "pending")], order="id")
    for some in split_every(1000, lots.ids, env["stock.lot"].browse):
        some._follow_verdict()
        env.flush_all()
        env.invalidate_all()
