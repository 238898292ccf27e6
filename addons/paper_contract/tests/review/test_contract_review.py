from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ...exceptions import ContractImmutableError, ContractOutdatedError, ContractRoleError, DrafterReviewError
from ..common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractReview(ContractCommon):
    def test_return_revise_accept(self):
        """R4.1.2: legal returns with an opinion, sales revises and submits again, legal accepts."""
        contract = self.build_contract(state="review")
        first = contract.current_review_id
        first.with_user(self.legal).action_return("Name the court in article 16.")
        self.assertEqual((contract.state, contract.last_opinion), ("draft", "Name the court in article 16."))
        self.assertIn("Amend the contract", contract.activity_ids.filtered(
            lambda item: item.user_id == self.sales).mapped("summary"))
        clause = contract.clause_ids.filtered(lambda item: "disputes" in item.element_ids.mapped("code"))
        clause.with_user(self.sales).body = "由供方住所地人民法院管辖。"
        contract.with_user(self.sales).action_submit_review()
        second = contract.current_review_id
        self.assertEqual((second.round, second.deadline_state, first.deadline_state), (2, "running", "done"))
        second.with_user(self.legal).action_accept()
        self.assertEqual((contract.state, first.result, second.result), ("reviewed", "returned", "accepted"))
        self.assertEqual(second.reviewer_id, self.legal)

    @freeze_time("2026-11-23 02:00:00")
    def test_deadline(self):
        """R4.1.2: the review is due within the company's working days, and legal is told."""
        self.company.paper_legal_review_days = 2
        contract = self.build_contract(state="review")
        review = contract.current_review_id
        self.assertEqual(str(review.deadline_date), "2026-11-25")
        self.assertIn(self.legal, review.activity_ids.user_id)
        with freeze_time("2026-11-27 02:00:00"):
            review.invalidate_recordset(["deadline_state"])
            self.assertEqual(review.deadline_state, "late")
            self.assertIn(review, review.search([("deadline_state", "=", "late")]))

    def test_return_without_opinion_asks(self):
        """R4.1.2: returning needs an opinion; the dialog asks for it and applies it."""
        contract = self.build_contract(state="review")
        action = contract.with_user(self.legal).action_return_review()
        self.assertEqual((contract.state, action["res_model"]), ("review", "paper.reason.wizard"))
        wizard = self.env[action["res_model"]].with_user(self.legal).browse(action["res_id"])
        wizard.reason = "Blank in article 13."
        wizard.action_apply()
        self.assertEqual((contract.state, contract.last_opinion), ("draft", "Blank in article 13."))

    def test_drafter_cannot_decide(self):
        """R4.1.2: who drafted or edited the contract cannot accept or return it, legal or not."""
        self.sales.write({"group_ids": [Command.link(self.env.ref("paper_base.group_legal").id)]})
        contract = self.build_contract(state="review")
        review = contract.current_review_id.with_user(self.sales)
        self.assertFalse(review.can_decide)
        with self.assertRaises(DrafterReviewError):
            review.action_accept()
        with self.assertRaises(DrafterReviewError):
            review.action_return("no")

    def test_editor_cannot_decide(self):
        """R4.1.2: a legal person who also wrote in a clause cannot accept it."""
        both = self.build_user("paper_both", "paper_base.group_legal,paper_base.group_management")
        contract = self.build_contract()
        contract.clause_ids[3].with_user(both).body = "edited"
        contract.with_user(self.sales).action_submit_review()
        with self.assertRaises(DrafterReviewError):
            contract.current_review_id.with_user(both).action_accept()
        contract.current_review_id.with_user(self.legal).action_accept()

    def test_only_legal_decides(self):
        """R4.1.2: no other department decides, by button, write, create or unlink."""
        contract = self.build_contract(state="review")
        review = contract.current_review_id
        # Some may not even read the review; to others it says whose step it is.
        for user, error in ((self.colleague, ContractRoleError), (self.manager, ContractRoleError), (self.planner, UserError)):
            with self.subTest(user=user.login):
                with self.assertRaises(error):
                    review.with_user(user).action_accept()
        for user in (self.sales, self.legal, self.manager):
            with self.subTest(user=user.login):
                with self.assertRaises(UserError):
                    review.with_user(user).write({"result": "accepted"})
                with self.assertRaises(UserError):
                    review.with_user(user).create({"contract_id": contract.id, "result": "accepted"})
                with self.assertRaises(UserError):
                    review.with_user(user).unlink()
                with self.assertRaises(UserError):
                    contract.with_user(user).write({"state": "reviewed"})

    def test_decided_round_stays(self):
        """R4.1.2: a decided round is never changed, not even by the system."""
        contract = self.build_contract(state="reviewed")
        with self.assertRaises(ContractImmutableError):
            contract.review_ids.sudo().write({"result": "returned"})
        with self.assertRaises(ContractImmutableError):
            contract.review_ids.sudo().unlink()

    def test_what_was_reviewed_is_sent(self):
        """R4.1.2: what changed in any way after legal accepted it cannot be sent."""
        contract = self.build_contract(state="reviewed")
        self.customer.name = "Another Name Ltd."
        self.env.invalidate_all()
        with self.assertRaises(ContractOutdatedError):
            contract.with_user(self.sales).action_send()
        contract.with_user(self.sales).action_back_to_draft()
        contract.with_user(self.sales).action_submit_review()
        contract.current_review_id.with_user(self.legal).action_accept()
        contract.with_user(self.sales).action_send()
        self.assertIn("Another Name Ltd.", contract.clause_ids[0].text)

    def test_back_to_draft_withdraws(self):
        """R4.1.2: when sales takes the contract back, the open round ends and its clock stops."""
        contract = self.build_contract(state="review")
        review = contract.current_review_id
        contract.with_user(self.sales).action_back_to_draft()
        self.assertEqual((review.result, review.deadline_state), ("withdrawn", "done"))
        self.assertFalse(review.activity_ids)
