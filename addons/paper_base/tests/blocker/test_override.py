from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...exceptions import ChangeBlockedError, ConfirmBlockedError, OverrideRefusedError
from ..common import PaperCommon


@tagged("post_install", "-at_install")
class TestOverride(PaperCommon):
    def setUp(self):
        super().setUp()
        self.order = self._create_order()
        self._block(message="The contract is not signed.")

    def test_with_the_role_and_a_reason(self):
        """R4.1.3: who has the role that the blocker names lets the order go on, with a reason, and it is on record."""
        self.order.with_user(self.manager)._override_blocker("confirm", "test", "Signed by fax, original follows")
        self.order.with_user(self.salesman).action_confirm()
        record = self.order.paper_override_ids
        self.assertEqual((record.user_id, record.role_id), (self.manager, self.env.ref("paper_base.group_management")))
        self.assertEqual((record.message, record.reason), ("The contract is not signed.", "Signed by fax, original follows"))
        self.assertIn("Signed by fax", self.order.message_ids[:1].body)
        self.assertEqual(self.order.message_ids[:1].author_id, self.manager.partner_id)

    def test_holds_for_the_confirmed_order(self):
        """R4.1.3: what was overridden for the confirmation does not block the confirmed order's changes again."""
        self.order.with_user(self.manager)._override_blocker("confirm", "test", "Signed by fax, original follows")
        self.order.action_confirm()
        self.order.order_line.price_unit = 7
        self.assertEqual(self.order.order_line.price_unit, 7)
        self._block(code="another")
        with self.assertRaises(ChangeBlockedError):
            self.order.order_line.price_unit = 8

    def test_without_the_role(self):
        """R4.1.3: neither sales nor the administrator without the role overrides; the order stays blocked."""
        for user in (self.salesman, self.env.ref("base.user_admin"), self._create_user("t_legal", "paper_base.group_legal")):
            with self.subTest(user=user.login), self.assertRaises(OverrideRefusedError):
                self.order.with_user(user)._override_blocker("confirm", "test", "Because")
        with self.assertRaises(ConfirmBlockedError):
            self.order.action_confirm()

    def test_without_a_reason(self):
        """R4.1.3: no override without a reason; blanks are none."""
        for reason in ("", "  \n", False, None):
            with self.subTest(reason=reason), self.assertRaises(OverrideRefusedError):
                self.order.with_user(self.manager)._override_blocker("confirm", "test", reason)

    def test_of_what_does_not_block(self):
        """R4.1.3: only what stands in the way now can be overridden, not another step, code or order."""
        for step, code in (("evaluate", "test"), ("confirm", "other"), ("nonsense", "test")):
            with self.subTest(step=step, code=code), self.assertRaises(OverrideRefusedError):
                self.order.with_user(self.manager)._override_blocker(step, code, "Because")
        pallets = self._create_order(self._prepare_line(product=self.pallet))
        with self.assertRaises(OverrideRefusedError):
            pallets.with_user(self.manager)._override_blocker("confirm", "test", "Because")

    def test_what_nobody_may_override(self):
        """R4.1.3: a blocker without a role is final, for the management too."""
        self._block(code="final", role=None)
        with self.assertRaises(OverrideRefusedError):
            self.order.with_user(self.manager)._override_blocker("confirm", "final", "Because")

    def test_a_forged_record(self):
        """R4.1.3: whoever writes the record directly cannot borrow another name, role or sentence."""
        records = self.env["paper.blocker.override"]
        forged = {
            "order_id": self.order.id,
            "step": "confirm",
            "code": "test",
            "reason": "Because",
            "user_id": self.manager.id,
            "role_id": self.env.ref("base.group_user").id,
            "message": "Nothing",
        }
        with self.assertRaises(OverrideRefusedError):
            records.with_user(self.salesman).create(forged)
        record = records.with_user(self.manager).create({**forged, "user_id": self.salesman.id})
        self.assertEqual((record.user_id, record.message), (self.manager, "The contract is not signed."))
        self.assertEqual(record.role_id, self.env.ref("paper_base.group_management"))

    def test_the_record_stays(self):
        """R4.1.3: an override is neither changed nor removed, by anybody, nor with its order."""
        record = self.order.with_user(self.manager)._override_blocker("confirm", "test", "Because")
        for user in (self.salesman, self.manager, self.env.ref("base.user_admin")):
            with self.subTest(user=user.login), self.assertRaises(OverrideRefusedError):
                record.with_user(user).write({"reason": "Other"})
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                record.with_user(user).unlink()
        with self.assertRaises(OverrideRefusedError):
            record.sudo().write({"reason": "Other"})
        with self.assertRaises(OverrideRefusedError):
            record.sudo().unlink()
        with self.assertRaises(OverrideRefusedError):
            self.order.unlink()

    def test_holds_for_one_order_only(self):
        """R4.1.3: an override is of one order; its copy is blocked again."""
        self.order.with_user(self.manager)._override_blocker("confirm", "test", "Because")
        copy = self.order.copy()
        self.assertFalse(copy.paper_override_ids)
        with self.assertRaises(ConfirmBlockedError):
            copy.action_confirm()

    def test_holds_for_one_step_only(self):
        """R4.1.3: what was overridden for one step still blocks another."""
        self._block("dispatch")
        self.order.with_user(self.manager)._override_blocker("confirm", "test", "Because")
        self.assertFalse(self.order._is_blocked("confirm"))
        self.assertTrue(self.order._is_blocked("dispatch"))

    def test_in_the_dialog(self):
        """R4.1.3: the dialog of the order form shows what is overridden and asks for the reason."""
        order = self.order.with_user(self.manager)
        action = order.action_override_blocker("confirm", "test")
        wizard = self.env[action["res_model"]].with_user(self.manager).browse(action["res_id"])
        with Form(wizard) as form:
            self.assertEqual((form.documents, form.about), (order.name, "The contract is not signed."))
            form.reason = "Signed by fax"
        form.record.action_apply()
        (blocker,) = order.paper_timeline["blockers"]
        self.assertTrue(blocker["overridden"])
        order.action_confirm()

    def test_another_companys_order(self):
        """R4.1.3: the management of one company overrides nothing in another."""
        company = self.env["res.company"].create({"name": "Second mill"})
        stranger = self._create_user(
            "t_stranger", "paper_base.group_management", company_id=company.id, company_ids=[(6, 0, company.ids)]
        )
        with self.assertRaises(AccessError):
            self.order.with_user(stranger)._override_blocker("confirm", "test", "Because")
