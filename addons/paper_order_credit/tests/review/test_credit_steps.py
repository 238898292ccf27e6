from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ...exceptions import CreditDecisionError
from ..common import CreditCommon

DECISION = {
    "state": "approved",
    "limit": 9e9,
    "valid_until": "2030-01-01",
    "prepayment_percent": 100,
    "decided_on": "2026-06-01 00:00:00",
    "decided_figures": {"ledger": {}},
}


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestCreditSteps(CreditCommon):
    """Nobody enters by hand what only a step brings about: not in a form, nor as a default, by import, copy, sudo or code."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        cls.finance = cls._create_user("t_finance", "paper_base.group_finance")
        cls.legal = cls._create_user("t_legal", "paper_base.group_legal")
        cls.order = cls._create_complete_order()
        cls.everybody = cls.seller | cls.credit | cls.manager | cls.finance | cls.legal | cls.admin

    @classmethod
    def _makers(cls, model):
        """Return the people who may create records of the model, and the administrator."""
        return cls.everybody.filtered(lambda user: cls.env[model].with_user(user).has_access("create")) | cls.admin

    def _defaults(self, values):
        return {f"default_{name}": value for name, value in values.items()}

    def _assert_held(self):
        self.env.invalidate_all()
        self.assertIn("credit", self._blocker_codes(self.order, "evaluate"))
        self.assertIn("credit", self._blocker_codes(self.order, "contract"))

    # Credit reviews

    def _forgery(self):
        return {**DECISION, "decided_by_id": self.credit.id, "requested_by_id": self.manager.id}

    def _assert_undecided(self, review, by_credit=False):
        self.assertEqual((review.state, review.decided_by_id, review.decided_on), ("draft", self.env["res.users"], False))
        self.assertFalse(review.decided_figures or review._is_valid())
        if not by_credit:
            self.assertEqual((review.limit, review.valid_until, review.prepayment_percent), (0, False, 0))

    def test_review_by_defaults(self):
        """R3.2.2: a decision in the defaults of the context decides nothing; the order stays held."""
        for user in self._makers("paper.credit.review"):
            with self.subTest(user=user.login):
                reviews = self.env["paper.credit.review"].with_user(user).with_context(**self._defaults(self._forgery()))
                self._assert_undecided(reviews.new({"partner_id": self.customer.id}), user == self.credit)
                if not reviews.has_access("create"):
                    reviews = reviews.sudo()
                review = reviews.create({"partner_id": self.customer.id})
                self._assert_undecided(review, user == self.credit)
                self.assertEqual(review.requested_by_id, user)
                self._assert_held()

    def test_review_by_values(self):
        """R3.2.2: a decision among the values is refused, in sudo and in an import, too."""
        for user in self._makers("paper.credit.review"):
            for name, value in self._forgery().items():
                if user == self.credit and name in ("limit", "valid_until", "prepayment_percent"):
                    continue
                values = {"partner_id": self.customer.id, name: value}
                theirs = self.env["paper.credit.review"].with_user(user)
                for reviews in (theirs, theirs.sudo()):
                    with self.subTest(user=user.login, name=name), self.assertRaises(CreditDecisionError):
                        reviews.create(values)
        names = ["partner_id/.id", "state", "limit"]
        loaded = self.env["paper.credit.review"].with_user(self.seller).load(names, [[str(self.customer.id), "Approved", "9000"]])
        self.assertFalse(loaded["ids"])
        self.assertFalse(self.env["paper.credit.review"].search([("partner_id", "=", self.customer.id)]))
        self._assert_held()

    def test_review_by_writing(self):
        """R3.2.2: neither the department, nor sudo, nor code of an administrator writes a decision down."""
        review = self._create_review(approve=False)
        for user in self.everybody:
            for name in ("state", "decided_by_id", "decided_on", "decided_figures"):
                for record in (review.with_user(user), review.with_user(user).sudo()):
                    with self.subTest(user=user.login, name=name), self.assertRaises(UserError):
                        record.write({name: self._forgery()[name]})
        for user in self.everybody - self.credit:
            with self.assertRaises(UserError):
                review.with_user(user).sudo().write({"limit": 9e9})
            with self.assertRaises(UserError):
                review.with_user(user).sudo().action_approve()
        action = self.env["ir.actions.server"].create(
            {
                "name": "Approve",
                "model_id": self.env["ir.model"]._get_id(review._name),
                "state": "code",
                "code": "record.sudo().write({'state': 'approved'})",
            }
        )
        with self.assertRaises(CreditDecisionError):
            action.with_context(active_model=review._name, active_id=review.id, active_ids=review.ids).run()
        self._assert_undecided(review, True)
        self._assert_held()

    def test_review_by_copy(self):
        """R3.2.2: the copy of a decision is a request, and nobody gives it another state."""
        review = self._create_review(prepayment_percent=10)
        for user in (self.seller, self.credit):
            self._assert_undecided(review.with_user(user).copy())
            with self.assertRaises(CreditDecisionError):
                review.with_user(user).copy({"state": "approved"})

    def test_buttons_of_a_review(self):
        """R3.2.2: the buttons are there for the department, as long as nothing is decided."""
        review = self._create_review(approve=False)
        for user in self.everybody:
            shown = review.with_user(user).sudo()
            self.assertEqual((shown.can_approve, shown.can_refuse), (user == self.credit,) * 2, user.login)
        review.action_approve()
        self.assertFalse(review.can_approve or review.can_refuse)

    def test_decision_of_an_order(self):
        """R3.2.2: nobody puts an order under another decision, whose conditions it would not have to meet."""
        self._create_review(prepayment_percent=50)
        self.order.action_confirm()
        other = self._create_review()
        for user in (self.seller, self.manager, self.admin):
            with self.assertRaises(UserError):
                self.order.with_user(user).sudo().write({"paper_credit_review_id": other.id})
            forged = self.env["sale.order"].with_user(user).with_context(default_paper_credit_review_id=other.id)
            self.assertFalse(forged.create({"partner_id": self.customer.id}).sudo().paper_credit_review_id)

    # Suspensions

    def test_suspension_by_defaults(self):
        """R3.2.2: a notice in the defaults of the context was not given."""
        self._create_review()
        self.order.action_confirm()
        forged = {"state": "noticed", "notice_date": "2026-01-01", "notice_by_id": self.manager.id, "secured_on": "2026-01-02"}
        for user in self._makers("paper.performance.suspension") - self.admin:
            suspensions = self.env["paper.performance.suspension"].with_user(user)
            suspension = suspensions.with_context(**self._defaults(forged)).create({"order_id": self.order.id})
            self.assertEqual((suspension.state, suspension.notice_date, suspension.secured_on), ("draft", False, False))
            self.assertFalse(suspension.notice_by_id)
            for name, value in forged.items():
                with self.assertRaises(UserError):
                    suspension.sudo().write({name: value})
                with self.assertRaises(UserError):
                    suspensions.sudo().create({"order_id": self.order.id, name: value})
            suspension.unlink()
        self.assertNotIn("credit", self._blocker_codes(self.order, "plan"))

    # Who is told

    def test_credit_ends_its_own(self):
        """R3.2.2: the decision ends the department's to-do and no other."""
        review = self.env["paper.credit.review"].browse(self.order.with_user(self.seller).action_request_credit()["res_id"])
        own = review.activity_schedule("mail.mail_activity_data_todo", summary="my own", user_id=self.seller.id)
        self.assertIn(self.credit, review.activity_ids.user_id)
        review.with_user(self.credit).action_refuse()
        self.assertEqual(review.activity_ids, own)
