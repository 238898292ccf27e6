from unittest.mock import patch

from odoo import Command
from odoo.addons.sale.models.sale_order import SaleOrder
from odoo.tests import Form, tagged

from ...exceptions import ChangeBlockedError, ConfirmBlockedError, OrderTypeError, StepFieldError
from ...lib.order_types import ORDER_TYPES
from ...models.steps.paper_guarded_mixin import MAGIC
from ..common import PaperCommon


@tagged("post_install", "-at_install")
class TestOrderType(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.paper_sample_limit_kg = 500
        cls.planner = cls._create_user("t_planner", "paper_base.group_planning", "sales_team.group_sale_salesman_all_leads")
        cls.buyer = cls._create_user("t_buyer", "paper_base.group_purchasing")
        cls.pulp = cls._create_product("Pulp", cls.kg)

    def _sold(self, order_type="sample", weight=300, **values):
        """Return an order of that type, made by sales, of reels that weigh so many kg."""
        line = self._prepare_line(self._create_reel(), paper_quantity=weight, paper_unit="kg")
        orders = self.env["sale.order"].with_user(self.salesman)
        values = {"partner_id": self.customer.id, **values}
        return orders.create({"paper_order_type": order_type, "order_line": [Command.create(line)], **values})

    def _codes(self, order, step):
        return {item["code"] for item in order._get_blockers(step)[order]}

    def test_one_table_says_what_differs(self):
        """R2: each type that sales can choose stands in the table, and says a sentence of its own on the order."""
        types = dict(self.env["sale.order"]._fields["paper_order_type"].selection)
        self.assertEqual(types.keys(), ORDER_TYPES.keys())
        order = self._sold("standard")
        self.assertFalse(order.paper_type_note)
        notes = set()
        for name in types.keys() - {"standard"}:
            draft = self.env["sale.order"].new({"paper_order_type": name, "company_id": self.company.id})
            notes.add(draft.paper_type_note)
        self.assertEqual(len(notes - {False, ""}), len(types) - 1)

    def test_sales_choose_it_in_draft(self):
        """R2: sales choose the type of an order that is not confirmed, in its form; an order is standard unless they do."""
        self.assertEqual(self._create_order().paper_order_type, "standard")
        order = self._sold("sample")
        with Form(order) as form:
            form.paper_order_type = "standard"
        self.assertEqual(order.paper_order_type, "standard")
        self.assertEqual(order.copy().paper_order_type, "standard")
        order.paper_order_type = "sample"
        self.assertEqual(order.copy().paper_order_type, "sample")
        order.sudo().action_confirm()
        with self.assertRaises(StepFieldError):
            order.paper_order_type = "standard"

    def test_nobody_else_chooses_it(self):
        """R2: another department chooses no type: neither by writing nor by making, importing, copying or a default."""
        order = self._sold("sample")
        orders = self.env["sale.order"].with_user(self.planner)
        with self.assertRaises(StepFieldError):
            order.with_user(self.planner).write({"paper_order_type": "standard"})
        with self.assertRaises(StepFieldError):
            order.with_user(self.planner).sudo().write({"paper_order_type": "toll"})
        with self.assertRaises(StepFieldError):
            orders.create({"partner_id": self.customer.id, "paper_order_type": "sample"})
        by_default = orders.with_context(default_paper_order_type="sample").create({"partner_id": self.customer.id})
        self.assertEqual(by_default.paper_order_type, "standard")
        self.assertEqual(order.with_user(self.planner).copy().paper_order_type, "standard")
        imported = orders.load(["partner_id/.id", "paper_order_type"], [[str(self.customer.id), "Sample"]])
        self.assertFalse(imported["ids"])
        with self.assertRaises(ValueError):
            self._sold("gift")

    def test_sample_over_the_limit(self):
        """R2: what is heavier than a sample of this mill is none, unless the management lets it pass; then its credit counts."""
        order = self._sold("sample", 501)
        self.assertIn("sample_limit", self._codes(order, "evaluate"))
        self.assertTrue(order._paper_asks_credit())
        with self.assertRaises(ConfirmBlockedError):
            order.action_confirm()
        self.company.paper_sample_limit_kg = 501
        self.assertNotIn("sample_limit", self._codes(order, "evaluate"))
        self.assertFalse(order._paper_asks_credit())
        self.company.paper_sample_limit_kg = 500
        order.with_user(self.manager)._override_blocker("confirm", "sample_limit", "A trial of a whole reel")
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_confirming_answers_as_odoo_does(self):
        """R2, R4.2.1: what another addon opens after a confirmation is opened, whatever else is confirmed with it."""
        board = self._create_product("Board", self.kg)
        action = {"type": "ir.actions.act_window_close"}
        confirm = SaleOrder.action_confirm

        def asks(orders):
            return action if confirm(orders) and "board" in orders.mapped("client_order_ref") else True

        for ref, answer in (("board", action), (False, True)):
            other = self._create_order({"product_id": board.id, "product_uom_qty": 500}, client_order_ref=ref)
            sample = self._sold("sample").sudo()
            with patch.object(SaleOrder, "action_confirm", asks):
                self.assertEqual((other | sample).action_confirm(), answer)
            self.assertEqual((other | sample).mapped("state"), ["sale", "sale"])
        self.assertEqual(self.env["sale.order"].action_confirm(), True)

    def test_confirmed_as_agreed(self):
        """R2, R4.1.3: what was agreed by its confirmation stays as it was confirmed, and the customer has it by mail."""
        order = self._sold("sample")
        order.action_confirm()
        with self.assertRaises(ChangeBlockedError):
            order.order_line.paper_quantity = 400
        with self.assertRaises(ChangeBlockedError):
            order.order_line.price_unit = 1
        mails = self.env["mail.message"].search([("model", "=", "sale.order"), ("res_id", "=", order.id)])
        self.assertIn(self.customer, mails.partner_ids)

    def test_stock_is_the_mills_own(self):
        """R2: the customer of an order for stock is the mill itself, whoever is named and however it is made."""
        with self.assertRaises(OrderTypeError):
            self._sold("stock")
        order = self._sold("stock", partner_id=False)
        self.assertEqual(order.partner_id, self.company.partner_id)
        with self.assertRaises(OrderTypeError):
            order.partner_id = self.customer
        standard = self._sold("standard")
        with self.assertRaises(OrderTypeError):
            standard.paper_order_type = "stock"
        form = Form(self.env["sale.order"].with_user(self.salesman))
        form.paper_order_type = "stock"
        self.assertEqual(form.partner_id, self.company.partner_id)

    def test_only_paper_has_a_type(self):
        """R2: an order that holds no paper stays as Odoo makes it."""
        with self.assertRaises(OrderTypeError):
            self.env["sale.order"].with_user(self.salesman).create(
                {
                    "partner_id": self.customer.id,
                    "paper_order_type": "sample",
                    "order_line": [Command.create({"product_id": self.pallet.id})],
                }
            )

    def _pulp_of(self, order, user=None, **values):
        materials = self.env["paper.customer.material"].with_user(user or self.salesman)
        return materials.create({"order_id": order.id, "product_id": self.pulp.id, "quantity_kg": 1000, **values})

    def test_toll_names_the_pulp(self):
        """R2, R3.2.1: a toll order is not evaluated before it says which pulp the customer brings, how much and when."""
        order = self._sold("toll", 900)
        self.assertIn("customer_material_missing", self._codes(order, "evaluate"))
        pulp = self._pulp_of(order)
        self.assertEqual(self._codes(order, "evaluate"), {"customer_material_undated"})
        pulp.with_user(self.buyer).promised_date = "2030-01-01"
        self.assertFalse(self._codes(order, "evaluate"))

    def test_who_enters_the_pulp(self):
        """R2: sales enter the customer's pulp, of a toll order only; purchasing note when it comes; once confirmed, it stays."""
        order = self._sold("toll", 900)
        pulp = self._pulp_of(order)
        with self.assertRaises(OrderTypeError):
            pulp.with_user(self.buyer).quantity_kg = 5
        with self.assertRaises(OrderTypeError):
            pulp.with_user(self.buyer).sudo().quantity_kg = 5
        with self.assertRaises(OrderTypeError):
            self._pulp_of(self._sold("standard"))
        with self.assertRaises(OrderTypeError):
            order.paper_order_type = "standard"
        order.action_confirm()
        with self.assertRaises(OrderTypeError):
            pulp.quantity_kg = 5
        with self.assertRaises(OrderTypeError):
            pulp.unlink()
        pulp.promised_date = "2030-02-01"

    def test_no_field_of_the_pulp_is_open(self):
        """R2: of all that is kept of the customer's pulp only what sales or purchasing may write is written by hand."""
        model = self.env["paper.customer.material"]
        own = {name for name, field in model._fields.items() if field.store and not field.related and name not in MAGIC}
        self.assertFalse({name for name in own if not model._by_hand(name)})
        order, other = self._sold("toll", 900), self._sold("toll", 900)
        pulp = self._pulp_of(order)
        with self.assertRaises(OrderTypeError):
            pulp.order_id = other
        values = {"order_id": order.id, "product_id": self.pulp.id, "quantity_kg": 5}
        with self.assertRaises(OrderTypeError):
            model.with_user(self.buyer).sudo().create(values)
        order.action_confirm()
        with self.assertRaises(OrderTypeError):
            self._pulp_of(order)
        with self.assertRaises(OrderTypeError):
            order.write({"paper_customer_material_ids": [Command.delete(pulp.id)]})

    def test_steps_that_are_not_taken(self):
        """R2: the steps that an order does not take are told as not needed, and never as the next one."""
        codes = ("credit", "contract", "signed", "stocked", "delivered", "settled")
        self._add_milestones(*({"code": code, "name": code.title(), "state": "todo"} for code in codes))
        order = self._sold("stock", partner_id=False)
        order.with_context(skip_procurement=True).action_confirm()
        found = {item["code"]: item["state"] for item in order._get_sorted_milestones()[order]}
        self.assertEqual({code for code, state in found.items() if state == "skipped"}, set(codes) - {"stocked"})
        self.assertEqual(order._get_steps_ahead()[order]["name"], "Stocked")
