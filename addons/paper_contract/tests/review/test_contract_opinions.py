from odoo import Command
from odoo.addons.paper_base.exceptions import DelegationError, DelegationRightError
from odoo.exceptions import AccessError, UserError
from odoo.modules.module import load_script
from odoo.tests import freeze_time, tagged
from odoo.tools.misc import file_path

from ...exceptions import (
    ContractFieldError,
    ContractImmutableError,
    ContractRoleError,
    ContractStateError,
    DrafterReviewError,
    OpenOpinionError,
)
from ...models.review.paper_delegation import LEGAL
from ..common import SIGNATURE, ContractCommon


@tagged("post_install", "-at_install")
class TestContractOpinions(ContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.build_user("paper_clerk", "paper_base.group_finance")

    def opinion(self, contract, code="disputes", kind="amend", user=None, **values):
        clause = contract.clause_ids.filtered(lambda item: code in item.element_ids.mapped("code"))
        return self.env["paper.contract.opinion"].with_user(user or self.legal).create(
            {"review_id": contract.current_review_id.id, "clause_id": clause.id, "kind": kind, **values}
        )

    def test_returned_with_two_amendments(self):
        """R4.1.2: legal returns with amendments of two clauses; sales takes one over, answers one; legal accepts."""
        contract = self.build_contract(state="review")
        amend = self.opinion(contract, text="Name the court.", proposed="由供方住所地人民法院管辖。")
        other = self.opinion(contract, "packing", text="Who pays for pallets?")
        contract.current_review_id.with_user(self.legal).action_return()
        self.assertEqual((contract.state, contract.open_opinions), ("draft", 2))
        self.assertIn(amend.clause_name, contract.last_opinion)
        with self.assertRaises(OpenOpinionError), self.env.cr.savepoint():
            contract.with_user(self.sales).action_submit_review()
        amend.with_user(self.sales).action_take_over()
        self.assertEqual(amend.clause_id.text, "由供方住所地人民法院管辖。")
        other.with_user(self.sales).action_answer("The seller, as always.")
        contract.with_user(self.sales).action_submit_review()
        contract.current_review_id.with_user(self.legal).action_accept()
        self.assertEqual((amend | other).mapped("state"), ["settled", "settled"])
        self.assertEqual((amend.answered_by_id, amend.author_id), (self.sales, self.legal))

    def test_delete_taken_over(self):
        """R4.1.2: legal's wish to delete a clause is taken over with one click; the opinion remembers the clause."""
        contract = self.build_contract(state="review")
        clause = contract.clause_ids.filtered(lambda item: not item.element_ids)[:1]
        opinion = self.env["paper.contract.opinion"].with_user(self.legal).create(
            {"review_id": contract.current_review_id.id, "clause_id": clause.id, "kind": "delete", "text": "No."}
        )
        heading = clause.name
        contract.current_review_id.with_user(self.legal).action_return()
        opinion.with_user(self.sales).action_take_over()
        self.assertFalse(clause.exists())
        self.assertEqual((opinion.clause_name, opinion.state), (heading, "answered"))

    def test_legal_is_not_content(self):
        """R4.1.2: legal opens an answered opinion again, and the contract cannot be accepted before it is answered."""
        contract = self.build_contract(state="review")
        opinion = self.opinion(contract, kind="question", text="Which court?")
        contract.current_review_id.with_user(self.legal).action_return()
        opinion.with_user(self.sales).action_answer("Some court.")
        with self.assertRaises(ContractRoleError):
            opinion.with_user(self.sales).action_settle()
        contract.with_user(self.sales).action_submit_review()
        opinion.with_user(self.legal).action_reopen()
        with self.assertRaises(OpenOpinionError):
            contract.current_review_id.with_user(self.legal).action_accept()
        opinion.with_user(self.sales).action_answer("The court of Jinan.")
        opinion.with_user(self.legal).action_settle()
        contract.current_review_id.with_user(self.legal).action_accept()
        self.assertEqual(contract.state, "reviewed")
        with self.assertRaises(ContractStateError):
            opinion.with_user(self.sales).action_answer("More.")

    def test_no_signature_with_an_open_opinion(self):
        """R4.1.2, R4.1.3: an open opinion stops sending and both signatures, even one that was written past the steps."""
        for state, step in (
            ("reviewed", lambda rec: rec.with_user(self.sales).action_send()),
            ("sent", self.sign_customer),
            ("sent", lambda rec: rec.with_user(self.manager).action_sign_company("Zhang Min", SIGNATURE)),
        ):
            contract = self.build_contract(state="review")
            opinion = self.opinion(contract, kind="accept")
            contract.current_review_id.with_user(self.legal).action_accept()
            if state == "sent":
                contract.with_user(self.sales).action_send()
            self.env.flush_all()
            self.env.cr.execute("UPDATE paper_contract_opinion SET state = 'open' WHERE id = %s", [opinion.id])
            self.env.invalidate_all()
            with self.subTest(state=state), self.assertRaises(OpenOpinionError), self.env.cr.savepoint():
                step(contract)

    def test_only_legal_gives_opinions(self):
        """R4.1.2: other departments, and who drafted, give no opinion; nobody writes state or answer by hand."""
        contract = self.build_contract(state="review")
        for user in (self.sales, self.manager, self.planner):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self.opinion(contract, user=user)
        with self.assertRaises(ContractImmutableError):
            self.opinion(contract, state="settled", answer="forged", text="x")
        opinion = self.opinion(contract, text="x")
        self.assertEqual((opinion.state, opinion.answer), ("open", False))
        for user in (self.sales, self.legal, self.manager):
            for vals in ({"state": "settled"}, {"answer": "x"}, {"review_id": 0}):
                with self.subTest(user=user.login, vals=vals), self.assertRaises(UserError), self.env.cr.savepoint():
                    opinion.with_user(user).write(vals)
        with self.assertRaises(UserError):
            opinion.with_user(self.sales).write({"text": "mended by sales"})
        with self.assertRaises(UserError):
            opinion.with_user(self.sales).unlink()
        opinion.with_user(self.legal).write({"text": "better said"})
        with self.assertRaises(AccessError):
            opinion.with_user(self.colleague).action_answer("not my order")

    def test_foreign_clause(self):
        """R4.1.2: an opinion is on a clause of its own contract, and proposes no unknown field."""
        contract, other = self.build_contract(state="review"), self.build_contract()
        with self.assertRaises(ContractImmutableError):
            self.env["paper.contract.opinion"].with_user(self.legal).create(
                {"review_id": contract.current_review_id.id, "clause_id": other.clause_ids[0].id}
            )
        with self.assertRaises(ContractFieldError):
            self.opinion(contract, proposed="{password}")

    def test_decided_round(self):
        """R4.1.2: no opinion is added to, changed in or removed from a decided round."""
        contract = self.build_contract(state="review")
        opinion, review = self.opinion(contract, text="x"), contract.current_review_id
        review.with_user(self.legal).action_return()
        for attempt in (
            lambda: self.opinion(contract, text="late"),
            lambda: opinion.with_user(self.legal).write({"text": "other"}),
            lambda: opinion.with_user(self.legal).unlink(),
        ):
            with self.assertRaises(ContractStateError), self.env.cr.savepoint():
                attempt()

    def test_clock_stands_still(self):
        """R4.1.2: while sales answers, or the customer has it, the clock stands still and the deadline moves."""
        self.company.paper_legal_review_days = 3
        with freeze_time("2026-11-23 02:00:00"):
            contract = self.build_contract(state="review")
            review = contract.current_review_id
            with self.assertRaises(ContractStateError):
                review.with_user(self.legal).action_ask_sales()
            opinion = self.opinion(contract, kind="question", text="Which court?")
            review.with_user(self.legal).action_ask_sales()
        self.assertEqual((review.turn, review._clock_state()), ("sales", "paused"))
        self.assertIn("Answer the opinions of legal", contract.activity_ids.mapped("summary"))
        with freeze_time("2026-11-25 02:00:00"):
            opinion.with_user(self.sales).action_answer("Jinan.")
            self.assertEqual((review.turn, str(review.deadline_date)), ("legal", "2026-11-27"))
            review.with_user(self.sales).action_ask_customer()
            self.assertEqual(review.turn, "customer")
        with freeze_time("2026-11-27 02:00:00"):
            review.with_user(self.sales).action_resume()
            self.assertEqual((review.turn, str(review.deadline_date)), ("legal", "2026-12-01"))
        with self.assertRaises(ContractImmutableError):
            review.with_user(self.legal).write({"turn": "customer"})

    def test_escalation(self):
        """R4.1.2: a review that is late is escalated to the management."""
        with freeze_time("2026-11-23 02:00:00"):
            review = self.build_contract(state="review").current_review_id
        with freeze_time("2026-12-23 02:00:00"):
            review._run_clocks(self.company)
        self.assertIn(self.manager, review.activity_ids.user_id)

    def test_stand_in(self):
        """R4.1.2: a stand-in decides for an absent lawyer, on the days of the absence, and is named as such."""
        model = self.env["paper.delegation"].with_user(self.legal)
        absence = {"stand_in_id": self.clerk.id, "date_from": "2026-11-23", "date_to": "2026-11-27"}
        with freeze_time("2026-11-20 02:00:00"):
            review = self.build_contract(state="review").current_review_id
            model.create(absence)
            with self.assertRaises(ContractRoleError):
                review.with_user(self.clerk).action_accept()
        with freeze_time("2026-11-24 02:00:00"):
            review.invalidate_recordset()
            self.assertTrue(review.with_user(self.clerk).can_decide)
            self.assertIn(self.clerk, review._clock_users())
            self.assertNotIn(self.legal, review._clock_users())
            review.with_user(self.clerk).action_accept()
        self.assertEqual((review.reviewer_id, review.on_behalf_id), (self.clerk, self.legal))

    def test_drafter_decides_by_no_delegation(self):
        """R4.1.2: who drafted decides neither as a stand-in, nor through one, nor as administrator."""
        standins = self.env["paper.delegation"].with_user(self.manager)
        today = self.company._paper_today()
        dates = {"date_from": today, "date_to": today}
        contract = self.build_contract(state="review")
        standins.create({"user_id": self.legal.id, "stand_in_id": self.sales.id, **dates})
        with self.assertRaises(DrafterReviewError):
            contract.current_review_id.with_user(self.sales).action_accept()
        both = self.build_user("paper_both", "paper_base.group_legal,paper_base.group_management")
        edited = self.build_contract()
        edited.clause_ids[3].with_user(both).body = "edited"
        edited.with_user(self.sales).action_submit_review()
        standins.create({"user_id": both.id, "stand_in_id": self.clerk.id, **dates})
        with self.assertRaises(DrafterReviewError):
            edited.current_review_id.with_user(self.clerk).action_accept()
        both.write({"group_ids": [Command.link(self.env.ref("base.group_system").id)]})
        for way in (edited.with_user(both), edited.with_user(both).sudo()):
            with self.assertRaises(DrafterReviewError):
                way.current_review_id.action_accept()
            with self.assertRaises(DrafterReviewError):
                self.opinion(edited, user=both)

    def test_stand_in_rights(self):
        """R4.1.2: a lawyer names his own stand-in only; sales names none; only lawyers are stood in for."""
        model, today = self.env["paper.delegation"], self.company._paper_today()
        vals = {"user_id": self.legal.id, "stand_in_id": self.clerk.id, "seat": LEGAL, "date_from": today, "date_to": today}
        other = self.build_user("paper_legal_2", "paper_base.group_legal")
        for user in (self.sales, other):
            with self.subTest(user=user.login), self.assertRaises(DelegationRightError):
                model.with_user(user).create(vals)
        model.with_user(self.manager).create(vals)
        for wrong in ({"user_id": self.sales.id}, {"stand_in_id": self.planner.id}, {"stand_in_id": self.legal.id}):
            with self.assertRaises(DelegationError) as refused, self.cr.savepoint():
                model.with_user(self.manager).create({**vals, "date_from": "2027-03-01", "date_to": "2027-03-02", **wrong})
            self.assertNotIsInstance(refused.exception, DelegationRightError)

    def test_stand_ins_of_an_earlier_version(self):
        """R4.1.2: stand-ins for the legal review that had a table of their own go on as absences of the legal seat."""
        cr = self.env.cr
        script = load_script(file_path("paper_contract/migrations/19.0.1.0.5/pre-stand-ins.py"), "pre_stand_ins")
        cr.execute(
            """CREATE TABLE paper_contract_standin (
                   id serial PRIMARY KEY, company_id integer, user_id integer, standin_id integer, date_from date,
                   date_to date, reason varchar, create_uid integer, create_date timestamp, write_uid integer,
                   write_date timestamp)"""
        )
        cr.execute(
            """INSERT INTO paper_contract_standin (company_id, user_id, standin_id, date_from, date_to, reason, create_uid)
                    VALUES (%s, %s, %s, '2026-11-23', '2026-11-27', 'Leave', %s)""",
            [self.company.id, self.legal.id, self.clerk.id, self.manager.id],
        )
        for _run in range(2):
            script.migrate(cr, "19.0.1.0.4")
        absence = self.env["paper.delegation"].search([("user_id", "=", self.legal.id)])
        self.assertEqual((absence.stand_in_id, absence.seat, absence.reason), (self.clerk, LEGAL, "Leave"))
        self.assertEqual(absence.create_uid, self.manager)
        with freeze_time("2026-11-23 02:00:00"):
            review = self.build_contract(state="review").current_review_id
            self.assertTrue(review.with_user(self.clerk).can_decide)

    def test_queue(self):
        """R4.1.2: legal sees how many contracts wait, how many are late, and what they are worth."""
        model = self.env["paper.contract.review"].with_user(self.legal)
        before = model.get_queue()
        with freeze_time("2026-11-02 02:00:00"):
            late = self.build_contract(state="review")
        with freeze_time("2026-11-23 02:00:00"):
            waiting = self.build_contract(state="review").current_review_id
            waiting.with_user(self.sales).action_ask_customer()
            queue = model.get_queue()
        self.assertEqual((queue["open"] - before["open"], queue["waiting"] - before["waiting"]), (1, 1))
        self.assertGreaterEqual(queue["late"], 1)
        self.assertTrue(queue["amounts"])
        self.assertIn(late.current_review_id, model.search([("result", "=", "open")], order="deadline_date"))
