from datetime import datetime, time, timedelta

from odoo import Command, fields, models
from odoo.addons.paper_base.models.steps.locking import lock_or_tell

from ..exceptions import QuotationRefusedError


class PaperEvaluationOpinion(models.Model):
    """Requests for quotation for what is short, from the opinion on materials (R3.3.3)."""

    _inherit = "paper.evaluation.opinion"

    quotation_count = fields.Integer(string="Requests for Quotation", compute="_compute_quotation_count")

    def _compute_quotation_count(self):
        orders = self._quotations()
        for opinion in self:
            opinion.quotation_count = len(orders[opinion])

    def _quotations(self):
        """Return ``{opinion: purchase orders that ask for its shortfalls}``, those that were cancelled left out."""
        # sudo: whoever reads the opinion may know that a supplier was asked
        groups = self.env["purchase.order.line"].sudo()._read_group(
            [("paper_evaluation_id", "in", self.evaluation_id.ids), ("order_id.state", "!=", "cancel")],
            ["paper_evaluation_id"],
            ["order_id:recordset"],
        )
        found = {evaluation.id: orders for evaluation, orders in groups}
        none = self.env["purchase.order"]
        return {
            opinion: found.get(opinion.evaluation_id.id, none) if opinion.dimension == "materials" else none for opinion in self
        }

    def action_request_quotation(self):
        """Draft one request for quotation a supplier for all that is short and not asked for yet.

        :raises QuotationRefusedError: for anybody but purchasing, or where nothing is left to ask for
        """
        self.ensure_one()
        if self.dimension != "materials" or not self.env.user.has_group("paper_base.group_purchasing"):
            raise QuotationRefusedError(self.env._("Purchasing asks suppliers for what is short."))
        self.check_access("read")
        # Two people who ask at once: the second finds what the first has asked for.
        lock_or_tell(self.evaluation_id)
        by_seller = self._unasked_shortfalls()
        if not by_seller:
            raise QuotationRefusedError(
                self.env._("Nothing is short that has a supplier and was not asked for: %(opinion)s.", opinion=self.display_name)
            )
        orders = self.env["purchase.order"].create(
            [self._prepare_quotation(partner, items) for partner, items in by_seller.items()]
        )
        return orders._get_records_action(name=self.env._("Requests for Quotation"))

    def action_open_quotations(self):
        """Open the requests for quotation of the evaluation."""
        self.ensure_one()
        orders = self.env["purchase.order"].browse(self._quotations()[self].ids)
        return orders._get_records_action(name=self.env._("Requests for Quotation"))

    def _unasked_shortfalls(self):
        """Return ``{supplier: [(row of the evidence, supplier info)]}`` of what is short and has no line yet."""
        self.ensure_one()
        company = self.company_id
        # sudo: what was asked for by a colleague counts, whoever may read his order
        lines = self.env["purchase.order.line"].sudo().search(
            [("paper_evaluation_id", "=", self.evaluation_id.id), ("order_id.state", "!=", "cancel")]
        )
        asked = set(lines.product_id.ids)
        rows = {
            row["product_id"]: row
            for row in (self.evidence or {}).get("rows", [])
            if row["shortfall"] and row.get("product_id")  # an opinion of an earlier version kept no product
        }
        products = self.env["product.product"].browse(rows.keys() - asked).with_company(company)
        by_seller = {}
        for product in products.exists():
            seller = product._select_seller(quantity=None, uom_id=product.uom_id)
            if seller:
                by_seller.setdefault(seller.partner_id, []).append((product, rows[product.id], seller))
        return by_seller

    def _prepare_quotation(self, partner, items):
        seller = items[0][2]
        warehouse = self.order_id.warehouse_id
        return {
            "partner_id": partner.id,
            "company_id": self.company_id.id,
            "currency_id": seller.currency_id.id,
            "picking_type_id": warehouse.in_type_id.id,
            "origin": self.order_id.name,
            "order_line": [Command.create(self._prepare_quotation_line(*item)) for item in items],
        }

    def _prepare_quotation_line(self, product, row, seller):
        """Ask for the shortfall in the supplier's unit, at least his least quantity, for the day it is needed."""
        unit = seller.product_uom_id
        if not unit._has_common_reference(product.uom_id):
            unit = product.uom_id
        quantity = product.uom_id._compute_quantity(row["shortfall"], unit, rounding_method="UP")
        needed = fields.Date.to_date(row["need_date"])
        soonest = self.company_id._paper_today() + timedelta(days=seller.delay)
        return {
            "product_id": product.id,
            "product_qty": max(quantity, seller.min_qty),
            "product_uom_id": unit.id,
            "date_planned": datetime.combine(max(needed, soonest), time(12)),
            "paper_evaluation_id": self.evaluation_id.id,
        }
