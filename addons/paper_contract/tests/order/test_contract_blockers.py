from odoo.addons.paper_base.exceptions import ChangeBlockedError, ConfirmBlockedError
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractBlockers(ContractCommon):
    def codes(self, order, step):
        return [item["code"] for item in order._get_blockers(step)[order]]

    def test_blocker_until_in_force(self):
        """R4.1.3, R4.2.1: an order without a contract in force says so, whatever state the contract has."""
        order = self.build_order()
        self.assertIn("contract", self.codes(order, "confirm"))
        for state in ("draft", "review", "reviewed", "sent"):
            contract = self.build_contract(self.build_order(), state)
            self.assertIn("contract", self.codes(contract.order_id, "confirm"), state)
            blocker = contract.order_id._get_blockers("confirm")[contract.order_id][-1]
            self.assertIn(contract.name, blocker["message"])
            self.assertEqual(blocker["action"]["res_id"], contract.id)
        contract = self.build_contract(self.build_order(), "in_force")
        self.assertNotIn("contract", self.codes(contract.order_id, "confirm"))
        self.assertIn("contract_in_force", self.codes(contract.order_id, "change"))

    def test_nothing_is_done_before_it_is_in_force(self):
        """R4.1.3: a confirmed order whose contract is not in force is neither planned nor made nor delivered, unless the
        management let it be confirmed so.
        """
        steps = ("plan", "produce", "dispatch")
        order = self.build_order()
        order._write({"state": "sale"})
        order.invalidate_recordset()
        for step in steps:
            self.assertEqual(self.codes(order, step), ["contract"])
        order.with_user(self.manager)._override_blocker("confirm", "contract", "Signed by letter")
        order.invalidate_recordset()
        self.assertFalse([code for step in steps for code in self.codes(order, step)])
        contract = self.build_contract(self.build_order(), "in_force")
        self.assertNotIn("contract", [code for step in steps for code in self.codes(contract.order_id, step)])

    def test_place_that_was_signed(self):
        """R4.1.3, R6.2.1: an order knows the place that was signed, whatever becomes of the address."""
        order = self.build_contract(state="in_force").order_id
        place = order.partner_shipping_id.with_context(lang=order.partner_shipping_id.lang)
        signed = place._paper_address()
        self.assertEqual(order._paper_signed_place(place), signed)
        place.write({"street": "99 East Road", "city": "Changsha"})
        self.assertNotEqual(place._paper_address(), signed)
        self.assertEqual(order._paper_signed_place(place), signed)
        self.assertEqual(order._paper_signed_place(place.copy({"street": "1 Elsewhere"})), signed)
        self.assertFalse(self.build_order()._paper_signed_place(place))

    def test_no_path_confirms(self):
        """R4.1.3, R4.2.1: before the contract is in force no path confirms: button, write, create, import, copy, portal."""
        contract = self.build_contract(state="sent")
        order = contract.order_id
        for user in (self.sales, self.manager):
            own = order.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(ConfirmBlockedError):
                    own.action_confirm()
                with self.assertRaises(ConfirmBlockedError):
                    own._validate_order()
                with self.assertRaises(ConfirmBlockedError), self.env.cr.savepoint():
                    own.write({"state": "sale"})
                with self.assertRaises(ConfirmBlockedError), self.env.cr.savepoint():
                    own.copy({"state": "sale"})
        with self.assertRaises(ConfirmBlockedError), self.env.cr.savepoint():
            self.build_order(state="sale")
        result = self.env["sale.order"].with_user(self.sales).load([".id", "state"], [[str(order.id), "sale"]])
        self.assertFalse(result["ids"])
        order.sudo().write({"require_signature": True, "require_payment": True})
        self.assertFalse(order._has_to_be_signed())
        self.assertFalse(order._has_to_be_paid())
        self.assertFalse(order._is_confirmation_amount_reached())
        self.assertEqual(order.state, "draft")

    def test_server_action_drafts(self):
        """R4.1.1: the blocker's action drafts the contract, for sales only."""
        order = self.build_order()
        action = order._get_blockers("confirm")[order][-1]["action"]
        run = self.env["ir.actions.server"].browse(action["id"]).with_context(**action["context"])
        with self.assertRaises(AccessError):
            run.with_user(self.planner).run()
        run.with_user(self.sales).run()
        self.assertEqual(order.contract_id.state, "draft")

    def test_change_after_in_force(self):
        """R4.1.3: nobody changes what is in force: not a line, a price, a date, a term, an added line."""
        order = self.build_contract(state="in_force").order_id
        line = order.order_line
        for user in (self.sales, self.manager, self.env.user):
            own, own_line = order.with_user(user), line.with_user(user)
            changes = [
                lambda rec=own_line: rec.write({"paper_quantity": 99}),
                lambda rec=own_line: rec.write({"price_unit": 1}),
                lambda rec=own_line: rec.unlink(),
                lambda rec=own: rec.write({"commitment_date": "2027-01-01"}),
                lambda rec=own: rec.write({"payment_term_id": False}),
                lambda rec=own: rec.write({"order_line": [(0, 0, {"product_id": self.product.id})]}),
                lambda rec=own: rec.write({"state": "draft"}),
                lambda rec=own: rec._action_cancel(),
            ]
            for number, change in enumerate(changes):
                with self.subTest(user=user.login, change=number):
                    with self.assertRaises(UserError), self.env.cr.savepoint():
                        change()
        with self.assertRaises(ChangeBlockedError):
            order._check_blockers("change")
        self.assertFalse(order.contract_id._changed_terms())

    def test_milestones(self):
        """R4.1.1, R4.1.2, R4.1.3: the timeline shows draft, legal review and signature; the customer not the review."""
        def states(order):
            return {item["code"]: item["state"] for item in order._get_sorted_milestones()[order]}

        order = self.build_order()
        self.assertEqual(states(order)["contract"], "current")
        contract = self.build_contract(order, "review")
        self.assertEqual((states(order)["contract"], states(order)["legal"]), ("done", "current"))
        contract.current_review_id.with_user(self.legal).action_accept()
        contract.with_user(self.sales).action_send()
        self.assertEqual((states(order)["legal"], states(order)["signed"]), ("done", "paused"))
        self.sign_both(contract)
        self.assertEqual((states(order)["signed"], states(order)["confirmed"]), ("done", "done"))
        shown = [item["code"] for item in order._get_portal_milestones()]
        self.assertIn("signed", shown)
        self.assertNotIn("legal", shown)

    def test_query_count(self):
        """R4.2.1: asking many orders costs as many queries as asking one."""
        orders = self.env["sale.order"].union(*(self.build_contract().order_id for _number in range(6)))

        def cost(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records._get_blockers("confirm")
            records._get_milestones()
            return self.env.cr.sql_log_count - before

        cost(orders)
        self.assertLessEqual(cost(orders), cost(orders[:3]) + 1)

    def test_plain_orders(self):
        """R2: an order without paper needs no contract."""
        product = self.env["product.product"].create({"name": "Pallet", "type": "consu"})
        order = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "order_line": [(0, 0, {"product_id": product.id})]}
        )
        order.action_confirm()
        self.assertEqual(order.state, "sale")
