from odoo import Command
from odoo.addons.paper_base.exceptions import ChangeBlockedError, ConfirmBlockedError, StepFieldError
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ...exceptions import CallOffError, ContractStateError
from ..common import ContractCommon


@tagged("post_install", "-at_install")
class TestCallOff(ContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.framework = cls.build_framework()

    @classmethod
    def build_framework(cls, state="in_force", **values):
        """Return a framework of 10 t of one paper at 6.5 a kg, valid in 2026 and 2027."""
        line = {"product_id": cls.product.id, "paper_spec_id": cls.build_spec().id, "paper_quantity": 10, "paper_unit": "t"}
        order = cls.env["sale.order"].with_user(cls.sales).create(
            {
                "paper_order_type": "framework",
                "partner_id": cls.customer.id,
                "payment_term_id": cls.term.id,
                "paper_valid_from": "2026-01-01",
                "paper_valid_to": "2027-12-31",
                "order_line": [Command.create({**line, "price_unit": 6.5})],
                **values,
            }
        )
        cls.build_contract(order.sudo(), state)
        return order

    def _call_off(self, tonnes, **values):
        orders = self.env["sale.order"].with_user(self.sales)
        order = orders.browse(self.framework.action_call_off()["res_id"])
        order.order_line.write({"paper_quantity": tonnes, "paper_unit": "t"})
        if values:
            order.order_line.write(values)
        return order

    def _add_line(self, order, **values):
        line = order.order_line[0]
        usual = {"product_id": line.product_id.id, "paper_spec_id": line.paper_spec_id.id, "price_unit": line.price_unit}
        order.write({"order_line": [Command.create({**usual, "paper_quantity": 1, "paper_unit": "t", **values})]})

    def _codes(self, order, step="confirm"):
        return {item["code"] for item in order._get_blockers(step)[order]}

    def _refused(self, order, code, word):
        with self.assertRaises(ConfirmBlockedError) as refused:
            order.action_confirm()
        self.assertIn(code, {item["code"] for found in refused.exception.blockers.values() for item in found})
        self.assertIn(word, str(refused.exception))

    def test_within_the_framework(self):
        """R4.1.1, R2: what is called off within the framework is confirmed without a contract of its own, and counted."""
        order = self._call_off(4)
        self.assertEqual(order.order_line.price_unit, 6.5)
        self.assertEqual((order.paper_remaining_kg, self.framework.paper_asked_kg), (10000, 4000))
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.sudo().contract_ids)
        self.framework.invalidate_recordset()
        self.assertEqual((self.framework.paper_called_kg, self.framework.paper_remaining_kg), (4000, 6000))
        self.assertEqual(self.framework.order_line.paper_remaining_kg, 6000)
        with self.assertRaises(ContractStateError):
            order.action_draft_contract()

    def test_more_than_is_left(self):
        """R4.1.1: no more is called off than is left, however it is spread over orders and lines."""
        self._call_off(7).action_confirm()
        self._refused(self._call_off(4), "over_framework", "3,000 kg")
        order = self._call_off(3)
        self._add_line(order, paper_quantity=0.5)
        self._refused(order, "over_framework", "3,500 kg")
        order.order_line[1:].unlink()
        order.action_confirm()
        self.framework.invalidate_recordset()
        self.assertEqual(self.framework.paper_remaining_kg, 0)

    def test_two_at_once(self):
        """R4.1.1: two call-offs that are confirmed together do not take more than there is, and each confirmation writes in the
        row of the framework, so that the database lets one at a time pass."""
        first, second = self._call_off(6), self._call_off(6)
        before = self.framework.sudo().paper_claim_count
        with self.assertRaises(ConfirmBlockedError), self.env.cr.savepoint():
            (first | second).action_confirm()
        first.action_confirm()
        self.framework.invalidate_recordset()
        self.assertGreater(self.framework.sudo().paper_claim_count, before)
        self._refused(second, "over_framework", "4,000 kg")

    def test_cancelled_call_off_gives_back(self):
        """R4.1.1: what a cancelled call-off took is left again."""
        order = self._call_off(9)
        order.action_confirm()
        order._action_cancel()
        self._call_off(8).action_confirm()

    def test_outside_the_framework(self):
        """R4.1.1: another paper or price than agreed is refused, in words that name it."""
        self._refused(self._call_off(1, price_unit=6.4), "outside_framework", "6,400.00")
        self._refused(self._call_off(1, discount=10), "outside_framework", "5,850.00")
        wider = self.build_spec(width=889)
        self._refused(self._call_off(1, paper_spec_id=wider.id), "outside_framework", "Width")
        other = self.env["product.product"].create({"name": "Kraft", "is_paper": True, "uom_id": self.product.uom_id.id})
        order = self._call_off(1)
        self._add_line(order, product_id=other.id)
        self._refused(order, "outside_framework", "Kraft")
        same = self.build_spec()
        order = self._call_off(1, paper_spec_id=same.id)
        self.assertEqual(order.order_line._framework_line(), self.framework.order_line)

    def test_without_a_framework(self):
        """R4.1.1: a call-off names its framework, which is in force and not over."""
        order = self._call_off(1)
        order.paper_framework_id = False
        self._refused(order, "framework_missing", "Name the framework")
        draft = self.build_framework("sent")
        order.paper_framework_id = draft
        self._refused(order, "framework_not_in_force", draft.name)
        order.paper_framework_id = self.framework
        with freeze_time("2028-01-01 04:00:00"):
            self._refused(order, "framework_expired", "2027")
        order.action_confirm()
        with freeze_time("2028-01-01 04:00:00"):
            self.assertNotIn("framework_expired", self._codes(order), "it was called off in time")

    def test_another_customers(self):
        """R4.1.1: nobody calls off from another customer's framework, nor from an order that is none, by whatever path."""
        other = self.env["res.partner"].create({"name": "Other House", "is_company": True})
        order = self._call_off(1)
        with self.assertRaises(CallOffError):
            order.partner_id = other
        values = {"partner_id": other.id, "paper_order_type": "call_off", "paper_framework_id": self.framework.id}
        orders = self.env["sale.order"].with_user(self.sales)
        with self.assertRaises(CallOffError):
            orders.create(values)
        with self.assertRaises(CallOffError):
            orders.with_context(default_paper_framework_id=self.framework.id).create(
                {"partner_id": other.id, "paper_order_type": "call_off"}
            )
        with self.assertRaises(CallOffError):
            orders.create({**values, "partner_id": self.customer.id, "paper_order_type": "standard"})
        with self.assertRaises(CallOffError):
            orders.create({**values, "partner_id": self.customer.id, "paper_framework_id": order.id})
        with self.assertRaises(StepFieldError):
            order.with_user(self.planner).sudo().paper_framework_id = False
        with self.assertRaises(UserError):
            order.action_call_off()

    def test_confirmed_ones_stay(self):
        """R4.1.3: a confirmed call-off does not grow past its framework, even where its change is let pass; the framework keeps
        its period and its type."""
        order = self._call_off(6)
        order.action_confirm()
        with self.assertRaises(ChangeBlockedError):
            order.order_line.paper_quantity = 7
        order.with_user(self.manager)._override_blocker("change", "confirmed_agreement", "The customer asked")
        order.order_line.paper_quantity = 7
        with self.assertRaises(ChangeBlockedError):
            order.order_line.paper_quantity = 11
        with self.assertRaises(StepFieldError):
            self.framework.paper_valid_to = "2030-01-01"
        with self.assertRaises(StepFieldError):
            self.framework.paper_order_type = "standard"

    def test_framework_says_its_period(self):
        """R4.1.1: a framework is not evaluated before it says from when until when it holds; its contract says so, too."""
        order = self.framework.copy()
        order.paper_valid_to = False
        self.assertIn("framework_period", self._codes(order, "evaluate"))
        order.paper_valid_to = "2027-12-31"
        self.assertNotIn("framework_period", self._codes(order, "evaluate"))
        contract = self.framework.sudo().contract_ids
        self.assertIn("2027", contract._fill_values()["delivery_time"])
        self.assertEqual(contract.terms["valid"], ["2026-01-01", "2027-12-31"])
        with self.assertRaises(CallOffError):
            order.paper_valid_to = "2025-01-01"

    def test_types_without_a_contract(self):
        """R2, R4.1.1: a sample or an order for stock is confirmed without a contract, and none is drafted for it."""
        sample = self.build_order(paper_order_type="standard")
        sample.with_user(self.sales).paper_order_type = "sample"
        self.env.company.paper_sample_limit_kg = 100_000
        self.assertFalse(sample.with_user(self.sales).can_draft_contract)
        with self.assertRaises(ContractStateError) as refused:
            sample.with_user(self.sales).action_draft_contract()
        self.assertIn("the confirmed order is the agreement", str(refused.exception))
        sample.with_user(self.sales).action_confirm()
        self.assertEqual(sample.state, "sale")

    def test_fixed_by_the_contract(self):
        """R4.1.3: once a contract is drafted, the type of the order is fixed until the contract is cancelled."""
        contract = self.build_contract()
        order = contract.order_id.with_user(self.sales)
        with self.assertRaises(StepFieldError) as refused:
            order.paper_order_type = "sample"
        self.assertIn(contract.name, str(refused.exception))
