from unittest.mock import patch

from odoo import SUPERUSER_ID, Command
from odoo.addons.paper_base.exceptions import ConfirmBlockedError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import SIGNATURE, ContractBuilder, ContractCommon

KEYS = {
    "paper_force": True,
    "skip_sanity_check": True,
    "skip_validation_check": True,
    "bypass_blockers": True,
    "install_mode": True,
    "import_file": True,
    "tracking_disable": True,
    "mail_notrack": True,
    "send_email": True,
    "validate_analytic": True,
    "default_state": "sale",
    "default_is_paper_order": False,
}


class PathBuilder(ContractBuilder):
    """Orders at each stage of a contract that is not in force yet."""

    def stages(self):
        """Yield a name and an order without a contract in force, for every stage that such an order can be at."""
        yield "no contract", self.build_order()
        for state in ("draft", "review", "reviewed", "sent"):
            yield state, self.build_contract(state=state).order_id
        signed = self.build_contract(state="sent")
        signed.with_user(self.manager).action_sign_company("Zhang Min", SIGNATURE)
        yield "signed by one side", signed.order_id
        cancelled = self.build_contract(state="sent")
        cancelled.with_user(self.sales).action_cancel()
        yield "cancelled", cancelled.order_id

    def assert_refused(self, order, step):
        """Assert that ``step(order)`` raises, and that the order is as it was in the database."""
        with self.assertRaises(ConfirmBlockedError), self.env.cr.savepoint():
            step(order)
            self.env.flush_all()
        self.assert_not_confirmed(order)

    def assert_not_confirmed(self, order):
        self.env.flush_all()
        self.env.cr.execute("SELECT state FROM sale_order WHERE id = %s", [order.id])
        self.assertIn(self.env.cr.fetchone()[0], ("draft", "sent", "cancel"))


@tagged("post_install", "-at_install")
class TestContractPaths(PathBuilder, ContractCommon):
    def test_button_and_state_at_every_stage(self):
        """R4.1.3, R4.2.1: at no stage before the contract is in force does button or written state confirm an order; neither
        for the salesperson who owns it, nor for the management, the administrator or the system itself."""
        users = (self.sales, self.manager, self.env.ref("base.user_admin"), self.env["res.users"].browse(SUPERUSER_ID))
        for stage, order in self.stages():
            for user in users:
                with self.subTest(stage=stage, user=user.login):
                    mine = order.with_user(user)
                    self.assert_refused(mine, lambda rec: rec.action_confirm())
                    self.assert_refused(mine, lambda rec: rec.write({"state": "sale"}))
                    self.assert_refused(mine, lambda rec: rec.write({"state": "sale", "is_paper_order": False}))
                    self.assert_refused(mine.sudo(), lambda rec: rec._validate_order())

    def test_contexts_open_nothing(self):
        """R4.2.1: no context key that a client may send, or another addon may set, confirms an order."""
        order = self.build_contract(state="sent").order_id
        for user in (self.sales, self.env["res.users"].browse(SUPERUSER_ID)):
            with self.subTest(user=user.login):
                mine = order.with_user(user).with_context(**KEYS)
                self.assert_refused(mine, lambda rec: rec.action_confirm())
                self.assert_refused(mine, lambda rec: rec.write({"state": "sale"}))
                self.assert_refused(mine.sudo(), lambda rec: rec._validate_order())

    def test_other_addons_hooks(self):
        """R4.2.1: an addon that writes the values of the confirmation, or calls its inner step, confirms nothing."""
        order = self.build_contract(state="sent").order_id

        def write_values(rec):
            rec.write(rec._prepare_confirmation_values())

        def inner_step(rec):
            rec._action_confirm()
            rec.write({"state": "sale"})

        self.assert_refused(order.sudo(), write_values)
        self.assert_refused(order.sudo(), inner_step)
        order.sudo()._action_confirm()
        self.assert_not_confirmed(order)

    def test_attribute_and_form(self):
        """R4.2.1: nor does setting the state in a program, or saving it from a form."""
        order = self.build_order().with_user(self.sales)

        def assign(rec):
            rec.state = "sale"

        self.assert_refused(order, assign)
        self.assert_refused(order, lambda rec: rec.web_save({"state": "sale"}, {"state": {}}))
        self.assert_refused(order, lambda rec: rec.web_save_multi([{"state": "sale"}], {"state": {}}))

    def test_created_confirmed(self):
        """R4.2.1: an order is not created confirmed, alone, in a batch, or under a customer's record."""
        vals = {
            "partner_id": self.customer.id,
            "state": "sale",
            "order_line": [
                Command.create(
                    {
                        "product_id": self.product.id,
                        "paper_spec_id": self.build_spec().id,
                        "paper_quantity": 3,
                        "paper_unit": "ream",
                    }
                )
            ],
        }
        orders = self.env["sale.order"].with_user(self.sales)
        draft = {**vals, "state": "draft"}
        before = orders.sudo().search_count([("state", "=", "sale")])
        for name, create in {
            "one": lambda: orders.create(vals),
            "batch": lambda: orders.create([draft, vals]),
            "declared": lambda: orders.create({**vals, "is_paper_order": False}),
            "partner": lambda: self.customer.write({"sale_order_ids": [Command.create(vals)]}),
        }.items():
            with self.subTest(path=name), self.assertRaises(ConfirmBlockedError), self.env.cr.savepoint():
                create()
                self.env.flush_all()
        # What the context says of it is not heard.
        plain = {name: value for name, value in vals.items() if name != "state"}
        self.assertEqual(orders.with_context(default_state="sale").create(plain).state, "draft")
        self.assertEqual(orders.sudo().search_count([("state", "=", "sale")]), before)

    def test_import(self):
        """R4.2.1: no file imports a confirmed order, and none confirms one that exists."""
        order = self.build_contract(state="sent").order_id
        orders = self.env["sale.order"].with_user(self.sales)
        fields = ["partner_id/.id", "state", "order_line/product_id/.id", "order_line/paper_quantity"]
        rows = [[str(self.customer.id), "sale", str(self.product.id), "5"]]
        self.assertFalse(orders.load(fields, rows)["ids"])
        self.assertFalse(orders.load([".id", "state"], [[str(order.id), "sale"]])["ids"])
        self.assertFalse(orders.load([".id", "state", "is_paper_order"], [[str(order.id), "sale", "0"]])["ids"])
        self.assert_not_confirmed(order)

    def test_copy(self):
        """R4.1.3: the contract does not go with a copy of its order, nor does the confirmation."""
        order = self.build_contract(state="in_force").order_id
        copy = order.with_user(self.sales).copy()
        self.assertEqual((copy.state, len(copy.sudo().contract_ids)), ("draft", 0))
        self.assert_refused(copy, lambda rec: rec.action_confirm())
        for default in ({"state": "sale"}, {"contract_ids": [Command.link(order.contract_id.id)]}):
            with self.subTest(default=default), self.assertRaises(Exception), self.env.cr.savepoint():  # noqa: B017
                order.with_user(self.sales).copy(default).action_confirm()

    def test_server_actions(self):
        """R4.2.1: neither code nor a field update of an automation confirms an order."""
        order = self.build_contract(state="sent").order_id
        model = self.env["ir.model"]._get_id("sale.order")
        state = self.env["ir.model.fields"]._get("sale.order", "state")
        selection = self.env["ir.model.fields.selection"].search([("field_id", "=", state.id), ("value", "=", "sale")])
        actions = self.env["ir.actions.server"].create(
            [
                {"name": "Confirm", "model_id": model, "state": "code", "code": "records.action_confirm()"},
                {"name": "Write", "model_id": model, "state": "code", "code": "records.sudo().write({'state': 'sale'})"},
                {
                    "name": "Update",
                    "model_id": model,
                    "state": "object_write",
                    "update_path": "state",
                    "selection_value": selection.id,
                },
            ]
        )
        for action in actions:
            with self.subTest(action=action.name):
                run = action.with_user(self.env.ref("base.user_admin")).with_context(
                    active_model="sale.order", active_id=order.id, active_ids=order.ids
                )
                self.assert_refused(order, lambda _rec, run=run: run.run())

    def test_web_shop(self):
        """R4.2.1: the checkout of the web shop confirms neither by its free order nor by its payment page.

        The methods are those that ``/shop/payment/validate`` and the payment of a cart call.
        """
        order = self.build_order(require_signature=False, require_payment=False)
        cart = order.sudo().with_user(self.env.ref("base.public_user")).sudo()
        if hasattr(cart, "_check_cart_is_ready_to_be_paid"):
            with self.assertRaises(Exception), self.env.cr.savepoint():  # noqa: B017
                cart._check_cart_is_ready_to_be_paid()
                cart._validate_order()
        self.assert_refused(cart, lambda rec: rec._validate_order())
        self.assert_refused(cart, lambda rec: rec.with_context(send_email=True).action_confirm())

    def test_a_batch_with_one_unsigned(self):
        """R4.2.1: orders confirmed together are confirmed only if each of them has its contract."""
        signed = self.build_contract(state="sent")
        self.sign_customer(signed)
        unsigned = self.build_order()
        plain = self.env["sale.order"].create({"partner_id": self.customer.id, "user_id": self.sales.id})
        with self.assertRaises(ConfirmBlockedError) as caught:
            (unsigned | plain | signed.order_id).with_user(self.sales).action_confirm()
        self.assertEqual(set(caught.exception.blockers), {unsigned, signed.order_id})


@tagged("post_install", "-at_install")
class TestContractPayment(PathBuilder, ContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.method = cls.env["payment.method"].create({"name": "Cheque", "code": "paper_cheque", "support_tokenization": True})
        form = cls.env["ir.ui.view"].create(
            {"name": "Pay", "type": "qweb", "arch": '<form action="dummy" method="post"><input type="hidden" name="x"/></form>'}
        )
        cls.provider = cls.env["payment.provider"].create(
            {
                "name": "Test",
                "code": "none",
                "state": "test",
                "is_published": True,
                "payment_method_ids": [Command.set(cls.method.ids)],
                "redirect_form_view_id": form.id,
            }
        )

    def pay(self, order, state="done", amount=None):
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.method.id,
                "amount": amount or order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "reference": f"PAY {order.name} {state} {amount}",
                "sale_order_ids": [Command.set(order.ids)],
            }
        )
        # The provider that every database has can neither authorise nor book; what it does not do is not asked here.
        self.env.flush_all()
        self.env.cr.execute("UPDATE payment_transaction SET state = %s WHERE id = %s", [state, transaction.id])
        transaction.invalidate_recordset()
        transactions = self.registry["payment.transaction"]
        with patch.object(transactions, "_create_payment", lambda rec, **kwargs: rec.env["account.payment"], create=True):
            transaction._check_amount_and_confirm_order()
            transaction._post_process()
        return transaction

    def test_a_payment_does_not_confirm(self):
        """R4.2.1: money that arrives, captured or authorised, in full or above, confirms no order without contract; the
        payment itself is processed and stays with the order."""
        for stage, order in self.stages():
            if order.state == "cancel":
                continue
            order.write({"require_payment": True, "prepayment_percent": 0.5})
            for state, factor in (("done", 1), ("done", 2), ("authorized", 1)):
                with self.subTest(stage=stage, state=state, factor=factor):
                    transaction = self.pay(order, state, order.amount_total * factor)
                    self.assertEqual(transaction.state, state)
                    self.assertIn(order, transaction.sale_order_ids)
                    self.assert_not_confirmed(order)

    def test_the_contract_lets_the_payment_be(self):
        """R4.2.1: an order that was paid early is confirmed by its contract, once both have signed."""
        contract = self.build_contract(state="sent")
        self.pay(contract.order_id)
        self.assert_not_confirmed(contract.order_id)
        self.sign_both(contract)
        self.assertEqual(contract.order_id.state, "sale")


@tagged("post_install", "-at_install")
class TestContractPathsPortal(PathBuilder, HttpCase):
    def setUp(self):
        super().setUp()
        # Refused requests are what is tested here; the server's notes of them are none of the log's business.
        self.enterContext(mute_logger("odoo.http"))

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_mill()
        cls.portal = cls.build_user("paper_payer", "base.group_portal", lang="en_US")
        cls.portal.partner_id.parent_id = cls.customer

    def test_portal_signature_and_payment_are_not_offered(self):
        """R4.1.3, R4.2.1: the quotation in the portal offers neither signature nor payment before the contract, and its
        signature route refuses, with login and with the order's token."""
        for stage, order in self.stages():
            if order.state == "cancel":
                continue
            order._by_step("state").write({"state": "sent"})
            order.write({"require_signature": True, "require_payment": True, "prepayment_percent": 1})
            token = order._portal_ensure_token()
            for login in ("paper_payer", None):
                self.authenticate(login, login)
                with self.subTest(stage=stage, login=login):
                    page = self.url_open(f"/my/orders/{order.id}?access_token={token}").text
                    self.assertIn(order.name, page)
                    self.assertNotIn("#modalaccept", page)
                    self.assertNotIn("o_sale_portal_paynow", page)
                    answer = self.make_jsonrpc_request(
                        f"/my/orders/{order.id}/accept", {"access_token": token, "name": "X", "signature": SIGNATURE}
                    )
                    self.assertIn("error", answer)
                    self.assert_not_confirmed(order)

    def test_rpc(self):
        """R4.2.1: what a client sends to the server directly confirms no order either."""
        order = self.build_contract(state="sent").order_id
        self.authenticate(self.sales.login, self.sales.login)
        calls = {
            "action_confirm": [order.ids],
            "write": [order.ids, {"state": "sale"}],
            "web_save": [order.ids, {"state": "sale"}],
        }
        for method, args in calls.items():
            kwargs = {"specification": {}} if method == "web_save" else {}
            with self.subTest(method=method), self.assertRaises(Exception) as caught:  # noqa: B017
                self.make_jsonrpc_request(
                    "/web/dataset/call_kw",
                    {"model": "sale.order", "method": method, "args": args, "kwargs": {**kwargs, "context": KEYS}},
                )
            self.assertIn("ConfirmBlockedError", str(caught.exception))
        self.assert_not_confirmed(order)
