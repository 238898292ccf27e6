from odoo import fields, models
from odoo.addons.paper_order_stats.lib.fact import Event, Watch
from odoo.tools import SQL


class PaperFactDelivery(models.Model):
    """What customers say they received, by the proof of delivery: shipped, accepted and refused, on the day of the receipt."""

    _name = "paper.fact.delivery"
    _inherit = ["paper.fact.customer.mixin"]
    _description = "Delivery Figures"
    _auto = False
    _log_access = False
    _rec_name = "picking_id"
    _fact_table = "stock_picking"
    _fact_documents = ("picking_id",)
    _figure_ratios = {"accepted_percent": ("accepted_kg", "proven_kg", 100)}

    event = fields.Selection([("received", "Received")], string="What Happened", readonly=True)
    picking_id = fields.Many2one("stock.picking", string="Delivery", readonly=True)
    spec_id = fields.Many2one("paper.spec", string="Specification", readonly=True)
    is_accepted = fields.Boolean(string="Accepted", readonly=True)
    proven_kg = fields.Float(string="Shipped, Proven (kg)", readonly=True)
    accepted_kg = fields.Float(string="Accepted (kg)", readonly=True)
    refused_kg = fields.Float(string="Refused or Missing (kg)", readonly=True)
    accepted_percent = fields.Float(string="Accepted (%)", readonly=True, aggregator="avg")
    deliveries = fields.Integer(string="Deliveries", readonly=True, aggregator="count_distinct")

    def _fact_watches(self):
        return [
            Watch(
                "stock_picking",
                "SELECT id FROM changed",
                ("paper_received_on", "paper_accepted", "paper_proof_on", "partner_id", "sale_id", "company_id"),
            ),
            Watch("paper_delivery_receipt", "SELECT picking_id FROM changed"),
        ]

    def _fact_events(self, only):
        accepted = SQL("CASE WHEN picking.paper_accepted THEN LEAST(receipt.received_kg, receipt.shipped_kg) ELSE 0 END")
        return {
            "received": Event(
                SQL("receipt.id"),
                {
                    "document_id": SQL("picking.id"),
                    "picking_id": SQL("picking.id"),
                    "company_id": SQL("picking.company_id"),
                    "currency_id": SQL("company.currency_id"),
                    "date": SQL("picking.paper_received_on"),
                    "order_id": SQL("picking.sale_id"),
                    "partner_id": SQL("COALESCE(partner.commercial_partner_id, partner.id)"),
                    "product_id": SQL("receipt.product_id"),
                    "grade_id": SQL("COALESCE(spec.grade_id, template.paper_grade_id)"),
                    "spec_id": SQL("spec.id"),
                    "is_accepted": SQL("COALESCE(picking.paper_accepted, FALSE)"),
                    "proven_kg": SQL("receipt.shipped_kg"),
                    "accepted_kg": accepted,
                    "refused_kg": SQL("receipt.shipped_kg - %s", accepted),
                    "deliveries": SQL("picking.id"),
                },
                SQL(
                    """
                    stock_picking picking
                    JOIN paper_delivery_receipt receipt ON receipt.picking_id = picking.id
                    JOIN res_company company ON company.id = picking.company_id
                    JOIN product_product product ON product.id = receipt.product_id
                    JOIN product_template template ON template.id = product.product_tmpl_id
                    LEFT JOIN paper_spec spec ON spec.id = receipt.paper_spec_id
                    LEFT JOIN sale_order ord ON ord.id = picking.sale_id
                    LEFT JOIN res_partner partner ON partner.id = COALESCE(ord.partner_id, picking.partner_id)
                    WHERE picking.paper_proof_on IS NOT NULL AND picking.paper_received_on IS NOT NULL AND %s
                    """,
                    only(SQL("picking.id")),
                ),
            )
        }
