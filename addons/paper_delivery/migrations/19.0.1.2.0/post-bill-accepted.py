"""What is to be invoiced of a line was what had left; it is what the customer accepted."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    lines = env["sale.order.line"].search([("paper_receipt_ids.picking_id.paper_proof_on", "!=", False), ("state", "=", "sale")])
    env.add_to_compute(lines._fields["qty_to_invoice"], lines)
    lines.modified(["qty_to_invoice"])
    lines.flush_recordset(["qty_to_invoice"])
