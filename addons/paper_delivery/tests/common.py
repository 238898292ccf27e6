import base64
import io
from unittest.mock import patch

from odoo import Command, fields
from odoo.addons.base.tests.common import BaseCommon
from odoo.tests import new_test_user
from PIL import Image

OWN_BLOCKERS = {"dispatch_notice", "loading_check", "two_places", "confirmed", "signed_place"}


def signature():
    """Return a small picture as a signature pad would give it, base64."""
    stream = io.BytesIO()
    Image.new("RGB", (60, 20), "white").save(stream, "PNG")
    return base64.b64encode(stream.getvalue()).decode()


class DeliveryCommon(BaseCommon):
    """A mill with paper in stock, confirmed orders, and the departments that deliver them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._own_gates_only()
        cls.env.company.paper_dispatch_notice_days = 3
        cls.env.company.paper_early_days = 90
        cls.kg = cls.env.ref("uom.product_uom_kgm")
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.env.company.id)], limit=1)
        cls.paper = cls._paper()
        cls.customer = cls._customer("Printer Ltd")
        cls.sales = new_test_user(cls.env, "deliv_sales", groups="paper_base.group_sales")
        cls.logistics = new_test_user(cls.env, "deliv_logistics", groups="paper_base.group_logistics")
        cls.stock = new_test_user(cls.env, "deliv_warehouse", groups="paper_base.group_warehouse")
        cls.workshop = new_test_user(cls.env, "deliv_workshop", groups="paper_base.group_workshop")

    @classmethod
    def _own_gates_only(cls):
        """Let orders through the gates of whatever other addon is installed: they have tests of their own."""
        SaleOrder = cls.env.registry["sale.order"]
        original = SaleOrder._get_blockers

        def own(orders, step):
            found = original(orders, step)
            return {rec: [item for item in items if item["code"] in OWN_BLOCKERS] for rec, items in found.items()}

        cls.startClassPatcher(patch.object(SaleOrder, "_get_blockers", own))

    @classmethod
    def _paper(cls, **vals):
        return cls.env["product.product"].create(
            {"name": "Offset 80", "is_paper": True, "is_storable": True, "uom_id": cls.kg.id, "list_price": 6, **vals}
        )

    @classmethod
    def _customer(cls, name):
        return cls.env["res.partner"].create(
            {"name": name, "is_company": True, "street": "1 Dock Road", "city": "Shanghai", "email": "buyer@example.com"}
        )

    @classmethod
    def _spec(cls, **vals):
        figures = {"basis_weight": 80, "format": "sheet", "width": 787, "length": 1092, "sheets_per_ream": 500}
        return cls.env["paper.spec"].create({**figures, **vals})

    @classmethod
    def _order(cls, partner=None, quantity=1000, spec=None, product=None, stocked=True, **vals):
        product = product or cls.paper
        spec = spec if spec is not None else cls._spec()
        if stocked:
            cls.env["stock.quant"]._update_available_quantity(product, cls.warehouse.lot_stock_id, quantity)
        order = cls.env["sale.order"].create(
            {
                "partner_id": (partner or cls.customer).id,
                "commitment_date": fields.Datetime.add(fields.Datetime.now(), days=30),
                "user_id": cls.sales.id,
                "order_line": [
                    Command.create(
                        {"product_id": product.id, "product_uom_qty": quantity, "paper_spec_id": spec.id}
                    )
                ],
                **vals,
            }
        )
        order.action_confirm()
        order.picking_ids.action_assign()
        return order

    @classmethod
    def _lot(cls, product, name, quantity=0.0, spec=None, passed=True):
        """Make a lot of paper, in stock if there is a quantity, that quality has found good."""
        lot = cls.env["stock.lot"].create({"name": name, "product_id": product.id, "paper_spec_id": spec.id if spec else False})
        if quantity:
            cls.env["stock.quant"]._update_available_quantity(product, cls.warehouse.lot_stock_id, quantity, lot_id=lot)
        if passed:
            cls._pass(cls.env["qc.inspection"]._make_entry_inspections([(lot, product, quantity, False)]))
        return lot

    @classmethod
    def _pass(cls, inspections):
        """Let inspections pass without looking: what they ask has tests of its own."""
        inspections.sudo()._by_step().write({"state": "success"})

    @classmethod
    def _draft(cls, order):
        order.with_user(cls.sales).action_dispatch_notice()
        return order.paper_notice_ids.filtered(lambda notice: notice.state == "draft")

    @classmethod
    def _plan(cls, order):
        notice = cls._draft(order)
        notice.with_user(cls.sales).action_issue(late_reason="Asked for today")
        notice.with_user(cls.logistics).action_plan(
            licence_plate="沪A·12345", driver_name="Driver Li", planned_date=cls.env.company._paper_today()
        )
        return notice

    @classmethod
    def _pack(cls, picking):
        picking.paper_check_ids.with_user(cls.stock).write({"done": True})

    @classmethod
    def _load(cls, order):
        """Announce, plan, pack and check the open deliveries of an order."""
        cls._plan(order)
        pickings = order._paper_deliveries()
        cls._pack(pickings)
        pickings.with_user(cls.stock).action_check_loading()
        return pickings

    @classmethod
    def _dispatch(cls, order):
        pickings = cls._load(order)
        pickings.with_user(cls.stock).button_validate()
        return pickings

    def _milestone(self, order, code):
        return next(item for item in order._get_milestones()[order] if item["code"] == code)
