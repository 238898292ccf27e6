import importlib.util
from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import file_path

from ...exceptions import (
    ContractImmutableError,
    ContractOutdatedError,
    ContractRoleError,
    ContractStateError,
    OpenWarningError,
)
from ..common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractWarnings(ContractCommon):
    def codes(self, contract, state="open"):
        return set(contract.warning_ids.filtered(lambda item: item.state == state).mapped("code"))

    def test_agreed_damages_and_deposit(self):
        """R4.1.1: damages above 30 % of the undelivered value (585) and a deposit above 20 % (586) are warned of."""
        contract = self.build_contract().with_user(self.sales)
        self.assertFalse(contract.warning_ids)
        cases = [
            ({"late_delivery_rate": 0.5, "late_delivery_cap": 30, "deposit_percent": 20, "breach_percent": 30}, set()),
            ({"late_delivery_cap": 30.01}, {"damages_limit"}),
            ({"late_delivery_cap": 0}, {"damages_no_cap"}),
            ({"breach_percent": 31}, {"damages_no_cap", "breach_limit"}),
            ({"late_delivery_rate": 0, "deposit_percent": 20.5}, {"breach_limit", "deposit_limit"}),
            ({"breach_percent": 0, "deposit_percent": 0}, set()),
        ]
        for vals, expected in cases:
            contract.write(vals)
            with self.subTest(vals=vals):
                self.assertEqual(self.codes(contract), expected)
        contract.write({"late_delivery_rate": 0.5})
        warning = contract.warning_ids.filtered(lambda item: item.state == "open")
        self.assertEqual((warning.article, warning.figures["days"]), ("585", 60))
        self.assertIn("585", warning.message)

    def test_payment_longer_than_credit(self):
        """R4.1.1: payment later than credit allows the customer is warned of."""
        short = self.env["account.payment.term"].create(
            {"name": "10 days", "line_ids": [(0, 0, {"value": "percent", "value_amount": 100, "nb_days": 10})]}
        )
        self.customer.property_payment_term_id = short
        contract = self.build_contract()
        self.assertEqual(self.codes(contract), {"payment_beyond_credit"})
        contract.order_id.payment_term_id = short
        contract._sync_warnings()
        self.assertEqual(self.codes(contract, "gone"), {"payment_beyond_credit"})

    def test_tolerance_beyond_the_customers(self):
        """R4.1.1: a tolerance beyond what the customer accepts is warned of."""
        self.customer.write({"paper_tolerance_plus": 3, "paper_tolerance_minus": 3})
        order = self.build_order()
        order.order_line.paper_spec_id.write({"tolerance_plus": 3, "tolerance_minus": 5})
        self.assertEqual(self.codes(self.build_contract(order)), {"tolerance"})

    def test_before_the_promise(self):
        """R4.1.1: delivery before the date that the mill can promise is warned of, where a promise is known."""
        self.patch(self.registry["sale.order"], "_contract_promise_date", lambda order: self.promise)
        for promise, expected in (("2026-12-25", {"before_promise"}), ("2026-12-20", set()), (None, set())):
            self.promise = promise and self.env["res.partner"]._fields["create_date"].to_datetime(promise).date()
            with self.subTest(promise=promise):
                self.assertEqual(self.codes(self.build_contract(self.build_order())), expected)

    def test_of_a_supplement(self):
        """R4.1.1, R4.1.3: a supplement is compared by what it says: its new date and its new specification, not the old ones."""
        self.patch(self.registry["sale.order"], "_contract_promise_date", lambda order: date(2026, 12, 20))
        self.customer.write({"paper_tolerance_plus": 3, "paper_tolerance_minus": 3})
        contract = self.build_contract(state="in_force")
        action = contract.with_user(self.sales).action_draft_supplement()
        supplement = self.env["paper.contract"].browse(action["res_id"]).with_user(self.sales)
        self.assertEqual(self.codes(supplement), set())
        supplement.new_commitment_date = "2026-12-18 08:00:00"
        self.assertEqual(self.codes(supplement), {"before_promise"})
        supplement.change_ids.action_revise_spec()
        supplement.change_ids.new_spec_id.with_user(self.sales).tolerance_plus = 5
        supplement.change_ids.with_user(self.sales).new_quantity = 90
        self.assertEqual(self.codes(supplement), {"before_promise", "tolerance"})

    def test_a_draft_follows_its_order(self):
        """R4.1.1: a warning comes and goes with the order's own figures, without a step of the contract."""
        self.patch(self.registry["sale.order"], "_contract_promise_date", lambda order: date(2026, 12, 20))
        contract = self.build_contract()
        self.assertEqual(self.codes(contract), set())
        contract.order_id.with_user(self.sales).commitment_date = "2026-12-15 08:00:00"
        self.assertEqual(self.codes(contract), {"before_promise"})
        contract.order_id.with_user(self.sales).commitment_date = "2026-12-22 08:00:00"
        self.assertEqual(self.codes(contract), set())

    def test_answered_or_noted_before_legal_accepts(self):
        """R4.1.1, R4.1.2: a warning blocks no draft; sales answers it or legal takes note of it before accepting."""
        contract = self.build_contract().with_user(self.sales)
        contract.write({"deposit_percent": 25, "breach_percent": 40})
        contract.action_submit_review()
        review = contract.current_review_id.with_user(self.legal)
        with self.assertRaises(OpenWarningError):
            review.action_accept()
        first, second = contract.warning_ids
        with self.assertRaises(ContractRoleError):
            first.with_user(self.legal).action_answer("I am not sales.")
        with self.assertRaises(ContractRoleError):
            first.with_user(self.sales).action_note()
        first.with_user(self.sales).action_answer("The customer insists.")
        second.with_user(self.legal).action_note()
        for user in (self.sales, self.legal, self.manager):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                first.with_user(user).write({"state": "open"})
        review.action_accept()
        self.assertEqual(contract.state, "reviewed")

    def test_what_is_settled_is_settled_once(self):
        """R4.1.1, R4.1.2: who answers or takes note a second time is refused, by the step itself, too; legal still takes
        note of what sales answered."""
        contract = self.build_contract().with_user(self.sales)
        contract.write({"deposit_percent": 25, "breach_percent": 40})
        first, second = contract.warning_ids
        first.action_answer("The customer insists.")
        second.with_user(self.legal).action_note()
        for warning, state in ((first, "answered"), (second, "answered"), (second, "noted")):
            with self.subTest(warning=warning, state=state):
                self.assertFalse(warning._can_go(state))
                with self.assertRaises(ContractStateError):
                    warning._take_step(state, answer="Otherwise.")
        first.with_user(self.legal).action_note()
        self.assertEqual(contract.warning_ids.mapped("state"), ["noted", "noted"])

    def test_buttons_ask_what_the_steps_ask(self):
        """R4.1.1, R4.1.2: sales is offered to answer what is open, legal to take note, nobody once it is reviewed."""
        contract = self.build_contract().with_user(self.sales)
        contract.deposit_percent = 25
        warning = contract.warning_ids
        by_sales, by_legal = warning.with_user(self.sales), warning.with_user(self.legal)
        self.assertEqual((by_sales.can_answer, by_sales.can_note), (True, False))
        self.assertEqual((by_legal.can_answer, by_legal.can_note), (False, True))
        by_sales.action_answer("The customer insists.")
        self.assertEqual((by_sales.can_answer, by_legal.can_note), (False, True))
        contract.action_submit_review()
        contract.current_review_id.with_user(self.legal).action_accept()
        self.assertFalse(by_legal.can_note)

    def test_other_figures_open_it_again(self):
        """R4.1.1: what was answered about other figures is open again."""
        contract = self.build_contract().with_user(self.sales)
        contract.deposit_percent = 25
        contract.warning_ids.action_answer("Agreed.")
        contract.dispute_body = "Jinan"
        self.assertEqual(contract.warning_ids.state, "answered")
        contract.deposit_percent = 26
        self.assertEqual(contract.warning_ids.state, "open")

    def test_a_colleague_with_another_language(self):
        """R4.1.1: what was answered stays answered, whatever the language of who changes something else."""
        short = self.env["account.payment.term"].create(
            {"name": "10 days", "line_ids": [(0, 0, {"value": "percent", "value_amount": 100, "nb_days": 10})]}
        )
        short.with_context(lang="zh_CN").name = "十天"
        self.customer.property_payment_term_id = short
        contract = self.build_contract().with_user(self.sales)
        contract.with_context(lang="zh_CN").warning_ids.action_answer("已同意。")
        contract.with_context(lang="en_US").dispute_body = "Jinan"
        self.assertEqual(contract.warning_ids.state, "answered")

    def test_conditions_fill_the_clauses(self):
        """R4.1.1: the typed conditions stand in the clauses; an empty one stays an open place, and is frozen with them."""
        self.customer.lang = "en_US"
        contract = self.build_contract(filled=False).with_user(self.sales)
        blanks = contract.blanks
        contract.write({"claim_days_visible": 7, "late_delivery_rate": 0.05, "late_delivery_cap": 5, "copies_total": 4})
        text = "\n".join(contract.clause_ids.mapped("text"))
        self.assertIn("within 7 days of receipt", text)
        self.assertIn("0.05 % of the undelivered value a day, at most 5 % of it", text)
        self.assertEqual(contract.blanks, blanks - 3)
        self.fill_blanks(contract)
        contract.action_submit_review()
        with self.assertRaises(ContractImmutableError):
            contract.write({"claim_days_visible": 1})

    def test_upgrade_of_the_payment_clause(self):
        """R4.1.1: on upgrade the shipped clause and the drafts made of it say the prepayment; what was reviewed, and a text of
        the company's own, stay."""
        old = "结算方式：{settlement_method}。\n定金：{deposit}。"
        shipped, own = self.env.ref("paper_contract.clause_payment_zh"), self.env.ref("paper_contract.clause_payment_en")
        shipped.body, own.body = f"付款条件：{{payment_terms}}。{old}", "Cash: {payment_terms}."
        draft, reviewed = self.build_contract(), self.build_contract(state="reviewed")
        self.env.flush_all()
        script = file_path("paper_contract/migrations/19.0.1.0.2/post-prepayment.py")
        spec = importlib.util.spec_from_file_location("post_prepayment", script)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for _run in range(2):
            module.migrate(self.env.cr, "19.0.1.0.1")
        self.env.invalidate_all()
        self.assertEqual(shipped.body.count("{prepayment}"), 1)
        self.assertEqual(own.body, "Cash: {payment_terms}.")
        clauses = [rec.clause_ids.filtered(lambda clause: clause.template_id == shipped) for rec in draft | reviewed]
        self.assertEqual({rec.contract_id: rec.body.count("{prepayment}") for rec in clauses}, {draft: 1, reviewed: 0})
        reviewed.with_user(self.sales).action_send()
        self.assertEqual(reviewed.state, "sent")

    def test_upgrade_of_what_legal_accepted(self):
        """R4.1.2, R4.1.3: what legal accepted and the new version would send in other words is a draft again on upgrade, with a
        note why and a to-do for its drafter; it is submitted, accepted and sent again. What reads the same stays accepted."""
        same, other = self.build_contract(state="reviewed"), self.build_contract(state="reviewed")
        other.sudo()._by_step().write({"reviewed_digest": "as the old version worded it"})
        with self.assertRaises(ContractOutdatedError):
            other.with_user(self.sales).action_send()
        script = file_path("paper_contract/migrations/19.0.1.0.3/end-outdated-reviews.py")
        spec = importlib.util.spec_from_file_location("outdated_reviews", script)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.env.flush_all()
        for _run in range(2):
            module.migrate(self.env.cr, "19.0.1.0.2")
        self.env.invalidate_all()
        self.assertEqual((same.state, other.state), ("reviewed", "draft"))
        for record in (other, other.review_ids):
            self.assertEqual("".join(record.message_ids.mapped("body")).count("outdated"), 1)
        todo = other.activity_ids
        self.assertEqual((len(todo), todo.user_id), (1, other.drafter_id))
        other.with_user(self.sales).action_submit_review()
        other.current_review_id.with_user(self.legal).action_accept()
        for contract in (same, other):
            contract.with_user(self.sales).action_send()
            self.assertEqual(contract.state, "sent")

    def test_customer_class(self):
        """R4.1.1: a customer class has its clause in place of the common one, other customers do not."""
        common = self.env.ref("paper_contract.clause_packing_zh")
        category = self.env["res.partner.category"].create({"name": "Export"})
        values = {"language": "zh_CN", "category_id": category.id, "sequence": common.sequence}
        self.env["paper.contract.clause.template"].create(
            [
                {"name": "出口包装", "body": "熏蒸木托盘。", "replaces_id": common.id, **values},
                {"name": "出口单证", "body": "原产地证书。", **values},
            ]
        )
        names = self.build_contract().clause_ids.mapped("name")
        self.assertIn(common.name, names)
        self.assertNotIn("出口包装", names)
        self.customer.category_id = category
        names = self.build_contract(self.build_order()).clause_ids.mapped("name")
        self.assertNotIn(common.name, names)
        self.assertTrue({"出口包装", "出口单证"} <= set(names))
