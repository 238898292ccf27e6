"""Store of every order what other programs are told of it."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    orders = api.Environment(cr, SUPERUSER_ID, {})["sale.order"]
    orders._refresh_all_stages(orders.search([("is_paper_order", "=", True), ("paper_status_moved", "=", False)]))
