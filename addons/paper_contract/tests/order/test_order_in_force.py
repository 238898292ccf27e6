from odoo import Command
from odoo.addons.paper_base.exceptions import (
    CancelBlockedError,
    ChangeBlockedError,
    ConfirmBlockedError,
    PaperError,
    PaperProductError,
)
from odoo.addons.paper_base.tests.order_terms import assert_terms_fixed, extra_lines
from odoo.tests import tagged

from ..common import ContractCommon


@tagged("post_install", "-at_install")
class TestOrderInForce(ContractCommon):
    """An order says what its contract in force says, in every field (R4.1.3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        cls.goods = cls.env["product.product"].create({"name": "Pallet", "type": "consu"})

    def test_no_term_changes(self):
        """R4.1.3: no field that a contract fixes changes in an order in force: name, note, fiscal position, date too."""
        order = self.build_contract(state="in_force").order_id
        tried = assert_terms_fixed(self, order, (self.sales, self.manager, self.admin), ChangeBlockedError)
        self.assertGreater(tried, 25)

    def test_no_extra_line(self):
        """R4.1.3: no line is added to an order in force: no discount, expense, down payment, section or note."""
        order = self.build_contract(state="in_force").order_id
        total = order.amount_total
        for kind, values in extra_lines(order, self.goods).items():
            for user in (self.sales, self.admin):
                with self.subTest(line=kind, user=user.login):
                    with self.assertRaises(PaperError), self.env.cr.savepoint():
                        order.order_line.with_user(user).create(values)
                    with self.assertRaises(PaperError), self.env.cr.savepoint():
                        order.with_user(user).write({"order_line": [Command.create(values)]})
        self.assertEqual(order.amount_total, total)

    def test_locked_or_not(self):
        """R4.1.3: a supplement changes a locked order, too."""
        contract = self.build_contract(state="in_force")
        order = contract.order_id.with_user(self.sales)
        order.action_lock()
        contract.with_user(self.sales).action_draft_supplement()
        supplement = contract.supplement_ids
        supplement.change_ids.with_user(self.sales).new_quantity = 90
        self.fill_blanks(supplement)
        supplement.with_user(self.sales).action_submit_review()
        supplement.current_review_id.with_user(self.legal).action_accept()
        supplement.with_user(self.sales).action_send()
        self.sign_both(supplement)
        self.assertEqual(order.order_line.paper_quantity, 90)

    def test_no_invoice_before_its_contract(self):
        """R4.2.1: nothing of an order that may not be confirmed is invoiced: no down payment, by no path."""
        order = self.build_contract(state="sent").order_id
        for user in (self.sales, self.manager, self.admin):
            wizard = self.env["sale.advance.payment.inv"].with_user(user)
            wizard = wizard.with_context(active_model="sale.order", active_ids=order.ids)
            for method, amount in (("percentage", "amount"), ("fixed", "fixed_amount")):
                values = {"advance_payment_method": method, amount: 30}
                with self.subTest(user=user.login, **values), self.assertRaises(ConfirmBlockedError) as refused:
                    with self.env.cr.savepoint():
                        wizard.create(values).create_invoices()
                self.assertIn("contract", [item["code"] for item in refused.exception.blockers[order]])
        line = {"name": "By hand", "price_unit": 9, "sale_line_ids": [Command.link(order.order_line.id)]}
        with self.assertRaises(ConfirmBlockedError), self.env.cr.savepoint():
            self.env["account.move"].create(
                {"move_type": "out_invoice", "partner_id": order.partner_id.id, "invoice_line_ids": [Command.create(line)]}
            )
        self.assertFalse(order.invoice_ids or order.order_line.filtered("is_downpayment"))

    def test_a_down_payment_in_force(self):
        """R4.1.3: the down payment of an order in force is invoiced, and the order says what it said."""
        order = self.build_contract(state="in_force").order_id
        total = order.amount_total
        wizard = self.env["sale.advance.payment.inv"].with_context(active_model="sale.order", active_ids=order.ids)
        wizard.with_user(self.sales).create({"advance_payment_method": "percentage", "amount": 30}).create_invoices()
        order.invoice_ids.action_post()
        self.assertTrue(order.invoice_ids.amount_total)
        self.assertEqual(order.amount_total, total)

    def test_paper_that_was_no_paper(self):
        """R4.1.3: an order is not confirmed as one of something else and made a paper order afterwards."""
        product = self.env["product.product"].create(
            {"name": "Board", "type": "consu", "uom_id": self.env.ref("uom.product_uom_kgm").id}
        )
        order = self.build_order(order_line=[Command.create({"product_id": product.id, "product_uom_qty": 5})])
        order.action_confirm()
        for record in (product, product.product_tmpl_id):
            with self.assertRaises(PaperProductError), self.env.cr.savepoint():
                record.with_user(self.admin).is_paper = True
            self.env.invalidate_all()
        with self.assertRaises(ChangeBlockedError), self.env.cr.savepoint():
            order.order_line.with_user(self.sales).paper_spec_id = self.build_spec()
        self.env.invalidate_all()
        self.assertFalse(order.is_paper_order)

    def test_cancelling(self):
        """R4.1.3, R4.2.1: an order is cancelled by sales or the management once the management has ended its contract; before,
        the refusal says so and leads to the contract."""
        for user in (self.sales, self.manager):
            contract = self.build_contract(state="in_force")
            order = contract.order_id.with_user(user)
            with self.assertRaises(CancelBlockedError) as refused:
                order.action_cancel()
            self.assertIn(contract.name, str(refused.exception))
            self.assertEqual(refused.exception.items[0]["action"]["res_id"], contract.id)
            contract.with_user(self.manager).action_terminate(reason="Agreed with the customer")
            order.action_cancel()
            self.assertEqual(order.state, "cancel")
