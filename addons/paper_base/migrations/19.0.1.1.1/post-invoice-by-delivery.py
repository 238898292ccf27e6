"""Paper was invoiced by the order, as Odoo invoices any product; it is by what was delivered."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    papers = env["product.template"].with_context(active_test=False).search(
        [("is_paper", "=", True), ("invoice_policy", "!=", "delivery")]
    )
    papers.invoice_policy = "delivery"
    papers._invoice_paper_as_delivered()
