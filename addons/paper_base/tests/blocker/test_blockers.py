from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ...exceptions import (
    ChangeBlockedError,
    ConfirmBlockedError,
    ContractBlockedError,
    DispatchBlockedError,
    EvaluateBlockedError,
    OrderBlockedError,
    PlanBlockedError,
    ProduceBlockedError,
)
from ...models.blocker.sale_order import PERFORMANCE_STEPS
from ...models.blocker.sale_order import SaleOrder as BlockedOrder
from ..common import PaperCommon


@tagged("post_install", "-at_install")
class TestBlockers(PaperCommon):
    def setUp(self):
        super().setUp()
        self.order = self._create_order()

    def _refused(self, error=ConfirmBlockedError):
        return self.assertRaises(error)

    def test_each_step_has_its_error(self):
        """R3.4: a blocked step raises the error named for it, with the orders and what blocks them."""
        errors = {
            "evaluate": EvaluateBlockedError,
            "contract": ContractBlockedError,
            "confirm": ConfirmBlockedError,
            "plan": PlanBlockedError,
            "produce": ProduceBlockedError,
            "dispatch": DispatchBlockedError,
        }
        for step, error in errors.items():
            with self.subTest(step=step):
                if step in PERFORMANCE_STEPS and self.order.state != "sale":
                    self.order.action_confirm()
                self.order._check_blockers(step)
                patcher = self._block(step, message="The credit is not known.")
                with self._refused(error) as caught:
                    self.order._check_blockers(step)
                self.assertIsInstance(caught.exception, OrderBlockedError)
                self.assertEqual(caught.exception.step, step)
                self.assertIn(self.order.name, caught.exception.args[0])
                self.assertIn("The credit is not known.", caught.exception.args[0])
                self.assertEqual([item["code"] for item in caught.exception.blockers[self.order]], ["test"])
                patcher.stop()

    def test_nothing_is_done_for_an_unconfirmed_order(self):
        """R4.1.3: for an order that is not confirmed, or cancelled, nothing is planned, made or delivered; nobody may
        override that.
        """
        for state in ("draft", "sent", "cancel"):
            order = self._create_order()
            order._write({"state": state})
            order.invalidate_recordset()
            for step in PERFORMANCE_STEPS:
                with self.subTest(state=state, step=step):
                    (blocker,) = order._get_blockers(step)[order]
                    self.assertEqual((blocker["code"], blocker["role"]), ("confirmed", None))
                    with self._refused(OrderBlockedError):
                        order._check_blockers(step)
        self.order.action_confirm()
        self.assertFalse(any(self.order._get_blockers(step)[self.order] for step in PERFORMANCE_STEPS))

    def test_a_step_of_somebody_elses_addon(self):
        """R4.2.1: a step that another addon adds is refused like ours, although it has no error of its own."""
        upstream = BlockedOrder._paper_steps
        steps = patch.object(BlockedOrder, "_paper_steps", lambda orders: {**upstream(orders), "dye": "Dye the paper"})
        steps.start()
        self.addCleanup(steps.stop)
        self._block("dye")
        with self.assertRaises(OrderBlockedError) as caught:
            self.order._check_blockers("dye")
        self.assertIn("Dye the paper", str(caught.exception))

    def test_a_line_without_specification_cannot_be_evaluated(self):
        """R3.2.1: paper of which nobody said what it is cannot be evaluated, and nobody may override that."""
        order = self._create_order(self._prepare_line())
        (blocker,) = order._get_blockers("evaluate")[order]
        self.assertEqual((blocker["code"], blocker["role"]), ("spec_missing", None))
        with self._refused(EvaluateBlockedError):
            order._check_blockers("evaluate")

    def test_only_paper_orders_are_blocked(self):
        """R2: an order of pallets only is confirmed as ever."""
        self._block()
        order = self._create_order(self._prepare_line(product=self.pallet))
        order.with_user(self.salesman).action_confirm()
        self.assertEqual(order.state, "sale")

    def test_confirming_is_refused_on_every_path(self):
        """R4.2.1: while something blocks it an order cannot be confirmed: by button, by writing or creating the
        state, by import, by a server action; neither by the salesperson nor by the administrator nor by code
        with all rights."""
        self._block()
        for user in (self.salesman, self.env.ref("base.user_admin"), self.env.ref("base.user_root")):
            order = self.order.with_user(user)
            vals = {
                "partner_id": self.customer.id,
                "state": "sale",
                "order_line": [Command.create(self._prepare_line(self._create_sheet()))],
            }
            with self.subTest(user=user.login, path="button"), self._refused():
                order.action_confirm()
            with self.subTest(user=user.login, path="write"), self._refused():
                order.write({"state": "sale"})
            with self.subTest(user=user.login, path="context"), self._refused():
                order.with_context(paper_force=True, skip_validation_check=True, tracking_disable=True).action_confirm()
            with self.subTest(user=user.login, path="create"), self._refused():
                order.create(vals)
            with self.subTest(user=user.login, path="validate"), self._refused():
                order._validate_order()
        self.assertEqual(self.order.state, "draft")

    def test_importing_a_confirmed_order_is_refused(self):
        """R4.2.1: nor can a file with the state of a confirmed order be imported."""
        self._block()
        fields = ["partner_id/.id", "state", "order_line/product_id/.id", "order_line/paper_quantity"]
        row = [str(self.customer.id), "sale", str(self.paper.id), "5"]
        orders = self.env["sale.order"].with_user(self.salesman)
        result = orders.load(fields, [row])
        self.assertFalse(result["ids"])
        self.assertIn("Something is missing.", str(result["messages"]))
        result = orders.load([".id", "state"], [[str(self.order.id), "sale"]])
        self.assertFalse(result["ids"])

    def test_a_server_action_is_refused(self):
        """R4.2.1: nor by an automation that somebody set up."""
        self._block()
        action = self.env["ir.actions.server"].create(
            {
                "name": "Confirm",
                "model_id": self.env["ir.model"]._get_id("sale.order"),
                "state": "code",
                "code": "records.write({'state': 'sale'})",
            }
        )
        with self._refused():
            action.with_context(active_model="sale.order", active_ids=self.order.ids).run()

    def test_a_copy_is_not_confirmed(self):
        """R4.2.1: the copy of a confirmed order is a quotation, and meets the blockers itself."""
        self.order.action_confirm()
        self._block()
        copy = self.order.copy()
        self.assertEqual(copy.state, "draft")
        with self._refused():
            copy.action_confirm()
        with self._refused():
            self.order.copy({"state": "sale"})

    def test_a_cancelled_order_meets_the_blockers_again(self):
        """R4.2.1: cancelling and reopening is no way around."""
        self.order.action_confirm()
        self.order._action_cancel()
        self.order.action_draft()
        self._block()
        with self._refused():
            self.order.action_confirm()

    def test_a_batch_names_every_blocked_order(self):
        """R4.2.1: of many orders confirmed at once, none is when one is blocked; the message names which."""
        other = self._create_order(self._prepare_line(product=self.pallet))
        self._block()
        with self._refused() as caught:
            (self.order | other).action_confirm()
        self.assertEqual(list(caught.exception.blockers), [self.order])
        self.assertEqual((self.order | other).mapped("state"), ["draft", "draft"])

    def test_incoming_blockers_come_in_their_turn(self):
        """R3.2.1, R3.2.2: what an order lacks is said before its customer's credit, whichever addon finds it first."""
        for code in ("test", "credit", "incomplete"):
            self._block("evaluate", code=code)
        found = self.order._get_open_blockers("evaluate")[self.order]
        self.assertEqual([item["code"] for item in found], ["test", "incomplete", "credit"])

    def test_nobody_declares_an_order_to_be_no_paper(self):
        """R4.2.1: whether an order is a paper order follows from its lines; writing that it is none, on the order or on a
        line, at creation or later, opens no way around the blockers."""
        self._block()
        orders = self.env["sale.order"].with_user(self.salesman)
        created = orders.create(
            {
                "partner_id": self.customer.id,
                "is_paper_order": False,
                "order_line": [Command.create({**self._prepare_line(self._create_sheet()), "is_paper": False})],
            }
        )
        paths = {
            "create": (created, lambda order: None),
            "order": (self._create_order().with_user(self.salesman), lambda order: order.write({"is_paper_order": False})),
            "line": (self._create_order().with_user(self.salesman), lambda order: order.order_line.write({"is_paper": False})),
            "command": (
                self._create_order().with_user(self.salesman),
                lambda order: order.write({"order_line": [Command.update(order.order_line.id, {"is_paper": False})]}),
            ),
            "rights": (self._create_order(), lambda order: order.sudo().write({"is_paper_order": False})),
        }
        for path, (order, declare) in paths.items():
            with self.subTest(path=path):
                declare(order)
                self.assertTrue(order.is_paper_order)
                with self._refused():
                    order.action_confirm()
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertTrue(order.is_paper_order)

    def test_in_a_second_company(self):
        """R4.2.1: the rule holds in each company."""
        company = self.env["res.company"].create({"name": "Second mill"})
        self.salesman.company_ids |= company
        orders = self.env["sale.order"].with_user(self.salesman).with_company(company)
        product = self.paper
        spec = self.env["paper.spec"].create(self._prepare_sheet(company_id=company.id))
        order = orders.create(
            {
                "partner_id": self.customer.id,
                "company_id": company.id,
                "order_line": [Command.create(self._prepare_line(spec, product))],
            }
        )
        patcher = self._block()
        with self._refused():
            order.action_confirm()
        patcher.stop()
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_a_customer_is_not_asked_to_sign_or_pay_early(self):
        """R4.1.3: the portal offers neither signature nor payment while the order is blocked, and a payment that
        arrives all the same confirms nothing."""
        self.order.action_quotation_sent()
        self.order.write({"require_signature": True, "require_payment": True, "prepayment_percent": 1})
        self.assertTrue(self.order._has_to_be_signed())
        self.assertTrue(self.order._has_to_be_paid())
        self._block()
        portal = self._create_user("t_portal", "base.group_portal", partner_id=self.customer.id)
        for order in (self.order, self.order.with_user(portal).sudo()):
            self.assertFalse(order._has_to_be_signed())
            self.assertFalse(order._has_to_be_paid())
            self.assertFalse(order._is_confirmation_amount_reached())

    def test_a_confirmed_order_is_changed_only_where_nothing_blocks(self):
        """R4.1.3: what was agreed on the lines of a confirmed order is not altered, added to or removed."""
        self.order.action_confirm()
        line = self.order.order_line
        self._block("change")
        for values in (
            {"product_uom_qty": 5},
            {"paper_quantity": 7},
            {"paper_unit": "kg"},
            {"price_unit": 1},
            {"discount": 10},
            {"product_id": self.paper_t.id},
            {"paper_spec_id": self._create_sheet().id},
            {"paper_spec_id": False},
        ):
            with self.subTest(values=values), self._refused(ChangeBlockedError):
                line.with_user(self.salesman).write(values)
            with self.subTest(values=values, path="order"), self._refused(ChangeBlockedError):
                self.order.write({"order_line": [Command.update(line.id, values)]})
        other = self._create_order()
        for command in (
            Command.create(self._prepare_line(self._create_sheet())),
            Command.create(self._prepare_line()),
            Command.link(other.order_line.id),
        ):
            with self.subTest(command=command), self._refused(ChangeBlockedError):
                self.order.write({"order_line": [command]})
        with self._refused(ChangeBlockedError):
            line.write({"order_id": other.id})

    def test_what_is_not_agreed_may_change(self):
        """R4.1.3: what does not belong to the agreement stays open: the same value again, who looks after the order."""
        self.order.action_confirm()
        line = self.order.order_line
        self._block("change")
        line.write({"product_uom_qty": line.product_uom_qty, "price_unit": line.price_unit, "name": line.name, "sequence": 3})
        self.order.write({"user_id": self.manager.id, "client_order_ref": self.order.client_order_ref})
        self.assertEqual((line.sequence, self.order.user_id), (3, self.manager))

    def test_a_plain_order_that_turns_into_paper(self):
        """R4.1.3: paper cannot slip into a confirmed order of something else."""
        order = self._create_order(self._prepare_line(product=self.pallet))
        order.action_confirm()
        self._block("confirm")
        with self._refused(ChangeBlockedError):
            order.write({"order_line": [Command.create(self._prepare_line())]})
        with self.assertRaises(UserError):  # Odoo itself keeps the product of a confirmed line
            order.order_line.product_id = self.paper
        with self._refused(ChangeBlockedError):
            order.order_line.write({"product_uom_id": self.kg.id, "paper_spec_id": self._create_sheet().id})

    def test_the_form_tells_what_blocks(self):
        """R4.2.2: the salesperson reads in the order what is in the way of which step and whether he may override it."""
        self._block(message="The contract is not signed.")
        order = self.order.with_user(self.salesman)
        (blocker,) = order.paper_timeline["blockers"]
        self.assertEqual(
            {name: blocker[name] for name in ("step", "step_name", "message", "overridden", "can_override")},
            {
                "step": "confirm",
                "step_name": "Confirm the order",
                "message": "The contract is not signed.",
                "overridden": False,
                "can_override": False,
            },
        )
        self.assertTrue(self.order.with_user(self.manager).paper_timeline["blockers"][0]["can_override"])
        with Form(order) as form:
            form.client_order_ref = "PO 1"
        self.assertFalse(self._create_order(self._prepare_line(product=self.pallet)).paper_timeline)

    def test_blockers_cost_the_same_for_many_orders(self):
        """R4.2.2: asking for the blockers and the timeline of twice as many orders costs no more queries."""
        orders = self.env["sale.order"].browse([self._create_order().id for _number in range(8)])

        def count(number, ask):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            ask(orders[:number].with_user(self.salesman))
            return self.env.cr.sql_log_count - before

        for name, ask in {
            "blockers": lambda records: [records._get_open_blockers(step) for step in records._paper_steps()],
            "timeline": lambda records: records.mapped("paper_timeline"),
            "next step": lambda records: records.mapped("paper_next_step"),
            "specifications": lambda records: records.mapped("paper_spec_summary"),
        }.items():
            with self.subTest(name):
                count(2, ask)
                self.assertEqual(count(4, ask), count(8, ask))
