"""What goods and machines cost is kept from the departments that make, store and ship (see ``paper.cost.hidden``)."""

from odoo import api, models
from odoo.addons.paper_base.models.money.paper_figures_hidden import hides_costs
from odoo.exceptions import AccessError


class StockMove(models.Model):
    _name = "stock.move"
    _inherit = ["stock.move", "paper.cost.hidden"]
    _costs = ("price_unit", "standard_price", "value_justification", "value_computed_justification")


class StockLot(models.Model):
    _name = "stock.lot"
    _inherit = ["stock.lot", "paper.cost.hidden"]
    _costs = ("standard_price",)


class ProductValue(models.Model):
    _name = "product.value"
    _inherit = ["product.value", "paper.cost.hidden"]


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "paper.cost.hidden"]
    _costs = ("tax_totals", "access_token")


class PurchaseOrderLine(models.Model):
    _name = "purchase.order.line"
    _inherit = ["purchase.order.line", "paper.cost.hidden"]
    _costs = (
        "price_unit",
        "price_unit_discounted",
        "price_unit_product_uom",
        "technical_price_unit",
        "price_tax",
        "discount",
        "amount_to_invoice_at_date",
    )


class MrpWorkcenter(models.Model):
    _name = "mrp.workcenter"
    _inherit = ["mrp.workcenter", "paper.cost.hidden"]
    _costs = ("costs_hour",)


class MrpWorkorder(models.Model):
    _name = "mrp.workorder"
    _inherit = ["mrp.workorder", "paper.cost.hidden"]
    _costs = ("costs_hour",)


class MrpRoutingWorkcenter(models.Model):
    _name = "mrp.routing.workcenter"
    _inherit = ["mrp.routing.workcenter", "paper.cost.hidden"]
    _costs = ("cost",)


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "paper.cost.hidden"]
    _costs = ("extra_cost",)


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_html(self, report_ref, docids, data=None):
        self._check_prints_costs(report_ref)
        return super()._render_qweb_html(report_ref, docids, data=data)

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        self._check_prints_costs(report_ref)
        return super()._render_qweb_pdf(report_ref, res_ids=res_ids, data=data)

    @api.model
    def _check_prints_costs(self, report_ref):
        """Refuse to print a purchase order for a department that works without costs."""
        if hides_costs(self.env) and self._get_report(report_ref).model == "purchase.order":
            raise AccessError(self.env._("Your department works without costs: purchasing prints purchase orders."))
