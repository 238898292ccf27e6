from odoo.addons.paper_contract.exceptions import ChangeTooLateError, ContractRoleError
from odoo.addons.paper_contract_production.exceptions import NothingToConsentError
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import SupplementCommon


@tagged("post_install", "-at_install")
class TestLateChange(SupplementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.paper_change_days = 0
        with freeze_time("2026-11-02 02:00:00"):
            cls.order = cls.create_contracted_order()
            cls.production = cls.productions(cls.order)
            cls.production.date_start = "2026-12-09 02:00:00"  # a Wednesday

    def test_date_from_the_plan(self):
        """R4.1.3, R5.1.1: the last date for a change is so many working days before the planned begin; without a plan, the
        company's days before delivery."""
        self.assertIsNone(self.order._last_change_date())
        self.company.paper_change_days = 10
        self.assertEqual(str(self.order._last_change_date()), "2026-12-10")
        self.create_plan(self.production)
        self.assertEqual(str(self.order._last_change_date()), "2026-12-08")
        self.company.paper_change_production_days = 3
        self.assertEqual(str(self.order._last_change_date()), "2026-12-04")
        self.production.date_start = "2026-12-14 02:00:00"
        self.assertEqual(str(self.order._last_change_date()), "2026-12-09")

    def test_consent_of_production(self):
        """R4.1.3: after that date sales asks, the production supervisor consents on the order with a reason and sees no price;
        nobody else of production may."""
        self.create_plan(self.production)
        with freeze_time("2026-12-09 01:00:00"):
            supplement = self.draft_supplement(self.order, new_quantity=1200, new_price=98.76)
            with self.assertRaises(ChangeTooLateError):
                supplement.action_submit_review()
            supplement.action_ask_late_change()
            asked = self.order.sudo().activity_ids.filtered(lambda item: item.user_id == self.supervisor)
            self.assertIn("1,200", asked.note)
            self.assertNotIn("98.76", asked.note)
            order = self.order.with_user(self.supervisor)
            self.assertIn("1,200", order.late_change_text)
            self.assertNotIn("98.76", order.late_change_text)
            with self.assertRaises(AccessError):
                supplement.with_user(self.supervisor).read(["name"])
            for user in (self.planner, self.operator, self.seller):
                with self.subTest(user=user.login), self.assertRaises(ContractRoleError):
                    self.order.with_user(user).action_allow_late_change("Yes.")
            action = order.action_allow_late_change()
            wizard = self.env[action["res_model"]].with_user(self.supervisor).browse(action["res_id"])
            self.assertIn("1,200", wizard.about)
            self.assertNotIn("98.76", wizard.about)
            wizard.reason = "PM1 starts a day later."
            wizard.action_apply()
            self.assertEqual(supplement.late_allowed_by_id, self.supervisor)
            self.assertFalse(order.late_change_text)
            self.assertFalse(self.order.sudo().activity_ids.filtered(lambda item: item.user_id == self.supervisor))
            self.walk(supplement)
            self.assertEqual(self.order.order_line.paper_quantity, 1200)

    def test_nothing_waits(self):
        """R4.1.3: where no late change waits, there is nothing to consent to."""
        with self.assertRaises(ContractRoleError):
            self.order.with_user(self.planner).action_allow_late_change("Yes.")
        self.assertFalse(self.order.with_user(self.supervisor).late_change_text)
        for reason in (None, "Yes."):
            with self.assertRaises(NothingToConsentError):
                self.order.with_user(self.supervisor).action_allow_late_change(reason)

    def test_only_the_question_is_done(self):
        """R4.1.3: a consent, of production or of the management, and a supplement that is given up end the question to the
        supervisors, and no other to-do of the order."""
        self.create_plan(self.production)
        others = self.env["mail.activity"]
        for user in (self.seller, self.supervisor):
            others |= self.order.activity_schedule("mail.mail_activity_data_todo", user_id=user.id, automated=True)

        def asked():
            return (self.order.sudo().activity_ids - others).filtered(lambda item: item.user_id == self.supervisor)

        with freeze_time("2026-12-09 01:00:00"):
            supplement = self.draft_supplement(self.order, new_quantity=1200)
            for answer in (
                lambda: self.order.with_user(self.supervisor).action_allow_late_change("Yes."),
                lambda: supplement.with_user(self.manager).action_allow_late_change("It must be."),
                lambda: supplement.action_cancel(),
            ):
                supplement.change_ids[:1].new_quantity += 10
                supplement.action_ask_late_change()
                self.assertTrue(asked())
                answer()
                self.assertFalse(asked())
                self.assertEqual(others.exists(), others)
