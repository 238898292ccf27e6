from collections import defaultdict

from odoo import models
from odoo.addons.paper_capacity.lib.netting import Ledger

PLANNED = ("waiting", "confirmed", "assigned", "partially_available")


class PaperEvaluation(models.Model):
    """What is there and what is on its way: stock on hand and planned moves of a warehouse, by day (R3.3.3)."""

    _inherit = "paper.evaluation"

    def _read_supply(self, products, company, warehouse):
        """Read stock and planned moves of ``products`` in one go.

        A receipt that is overdue counts as of today, and is told as late.

        :return: ({product: Ledger} of what is stored, {product: [(day, quantity, source)]} of what comes in, where the
            source is a purchase or manufacturing order, or empty; {product: quantity not reserved today})
        """
        today = company._paper_today()
        tz = company.sudo().resource_calendar_id.tz or "UTC"  # sudo: only the time zone is read
        stored = products.filtered("is_storable").with_company(company)
        stored = stored.with_context(warehouse_id=warehouse.id, tz=tz, active_test=False)
        in_stock, moves_in, moves_out = stored._get_domain_locations()
        mine = [("product_id", "in", stored.ids)]
        planned = [("state", "in", PLANNED), ("restrict_partner_id", "in", [False, company.partner_id.id])]
        env = stored.env
        on_hand = env["stock.quant"]._read_group(
            # What customers brought for their own orders is there for nobody else.
            [*mine, *in_stock, ("owner_id", "in", [False, company.partner_id.id])],
            ["product_id"],
            ["quantity:sum", "reserved_quantity:sum"],
        )
        arrivals = env["stock.move"]._read_group(
            mine + planned + moves_in,
            ["product_id", "date:day", "purchase_line_id", "production_id"],
            ["product_qty:sum"],
        )
        # What leaves for these very orders is what they ask for here: paper that is made for them is theirs already.
        others = ["|", ("sale_line_id", "=", False), ("sale_line_id.order_id", "not in", self.order_id.ids)]
        leaving = env["stock.move"]._read_group(
            mine + planned + others + moves_out, ["product_id", "date:day"], ["product_qty:sum"]
        )
        flows, incoming = defaultdict(list), defaultdict(list)
        for product, day, purchase_line, production, quantity in arrivals:
            # day: grouped by the warehouse's own day, see ``tz`` above
            flows[product.id].append((day.date(), quantity))
            incoming[product.id].append((day.date(), quantity, purchase_line.order_id or production))
        for product, day, quantity in leaving:
            # day: see above
            flows[product.id].append((day.date(), -quantity))
        stock = {product.id: (quantity, quantity - reserved) for product, quantity, reserved in on_hand}
        ledgers, free = {}, {}
        for product in stored:
            quantity, free[product] = stock.get(product.id, (0.0, 0.0))
            ledgers[product] = Ledger(today, quantity, flows[product.id])
        return ledgers, {product: sorted(incoming[product.id], key=lambda item: item[0]) for product in ledgers}, free
