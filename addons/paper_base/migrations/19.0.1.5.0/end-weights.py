"""Store of every line of paper how much of it has come through each stage, when every addon has said its milestones."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    orders = api.Environment(cr, SUPERUSER_ID, {})["sale.order"]
    orders._refresh_all_stages(orders.search([("is_paper_order", "=", True)]))
