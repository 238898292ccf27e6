from odoo.addons.paper_base.exceptions import ChangeBlockedError, PaperAmountError
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ...exceptions import (
    ChangeTooLateError,
    ContractImmutableError,
    ContractIncompleteError,
    ContractOutdatedError,
    ContractRoleError,
    ContractStateError,
)
from ..common import SIGNATURE, ContractCommon


@tagged("post_install", "-at_install")
class TestContractSupplement(ContractCommon):
    def draft(self, contract=None, **values):
        contract = contract or self.build_contract(state="in_force")
        action = contract.with_user(self.sales).action_draft_supplement()
        supplement = self.env["paper.contract"].browse(action["res_id"]).with_user(self.sales)
        self.fill_blanks(supplement)
        if values:
            supplement.change_ids.write(values)
        return supplement

    def walk(self, supplement, state="in_force"):
        """Take a supplement through its own review and signatures."""
        for name, step in (
            ("review", lambda: supplement.action_submit_review()),
            ("reviewed", lambda: supplement.current_review_id.with_user(self.legal).action_accept()),
            ("sent", lambda: supplement.action_send()),
            ("in_force", lambda: self.sign_both(supplement.sudo())),
        ):
            step()
            self.assertEqual(supplement.state, name)
            if name == state:
                break
        return supplement

    def test_nothing_below_zero(self):
        """R4.1.3: a supplement takes neither a quantity nor a price below zero into the order."""
        supplement = self.draft(new_quantity=120)
        for values in ({"new_quantity": -1}, {"new_price": -1}):
            with self.subTest(values=values), self.assertRaises(PaperAmountError):
                supplement.change_ids.with_user(self.sales).write(values)

    def test_changes_the_order(self):
        """R4.1.3, R4.2.1: a supplement with review and signatures of its own changes quantity, price, date and order."""
        supplement = self.draft(new_quantity=120, new_price=7)
        supplement.new_commitment_date = "2027-01-15 08:00:00"
        order, parent = supplement.order_id, supplement.parent_id
        self.walk(supplement, "sent")
        self.assertEqual((order.order_line.paper_quantity, order.order_line.price_unit), (100, 6.5))
        weight = order.order_line.paper_weight_kg
        announced = supplement._amount_after()
        self.sign_both(supplement.sudo())
        self.assertEqual(announced, order.amount_total)
        line = order.order_line
        self.assertEqual((line.paper_quantity, line.price_unit), (120, 7))
        self.assertAlmostEqual(line.paper_weight_kg, weight * 1.2, 2)
        self.assertEqual(str(order.commitment_date), "2027-01-15 08:00:00")
        self.assertEqual((supplement.state, parent.state, order.state), ("in_force", "in_force", "sale"))
        self.assertTrue(supplement.applied_on)
        self.assertEqual(supplement.name, f"{parent.name}-S1")
        self.assertFalse(parent._changed_terms())
        self.assertEqual(order.contract_id, parent)

    def test_its_head_says_the_new_amount(self):
        """R4.1.3: the head of a supplement that is being made says what the contract will come to, and so does its review."""
        supplement = self.draft(new_quantity=120, new_price=7)
        order, parent = supplement.order_id, supplement.parent_id
        before, after = order.amount_total, supplement._amount_after()
        self.assertNotEqual(before, after)
        self.assertEqual((supplement.amount_agreed, parent.amount_agreed), (after, before))
        self.walk(supplement, "review")
        self.assertEqual(supplement.current_review_id.amount_agreed, after)
        supplement.current_review_id.with_user(self.legal).action_accept()
        supplement.action_send()
        self.sign_both(supplement.sudo())
        self.assertEqual((supplement.amount_agreed, order.amount_total), (after, after))

    def test_applied_once(self):
        """R4.1.3: after the supplement the order is as closed as before, to the system and to the database."""
        supplement = self.walk(self.draft(new_price=7))
        line = supplement.order_id.order_line
        with self.assertRaises(UserError), self.env.cr.savepoint():
            line.with_user(self.manager).write({"price_unit": 8})
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE sale_order_line SET price_unit = 8 WHERE id = %s", [line.id])
        for vals in ({"new_price": 9}, {"old_price": 1}):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env.cr.execute(
                    f"UPDATE paper_contract_change SET {next(iter(vals))} = 9 WHERE contract_id = %s", [supplement.id]
                )
            with self.assertRaises(UserError):
                supplement.change_ids.write(vals)
        with self.assertRaises(ContractImmutableError):
            supplement.sudo().write({"change_reason": "x"})

    def test_second_supplement(self):
        """R4.1.3: a second supplement starts from what the first one agreed; the chain stays readable."""
        first = self.walk(self.draft(new_quantity=120))
        second = self.draft(first.parent_id)
        self.assertNotEqual(first, second)
        self.assertEqual((second.change_ids.old_quantity, second.name), (120, f"{first.parent_id.name}-S2"))
        second.change_ids.new_quantity = 90
        self.walk(second)
        self.assertEqual(second.order_id.order_line.paper_quantity, 90)
        self.assertEqual(second.parent_id.supplement_ids, first | second)
        with self.assertRaises(ContractStateError):
            first.action_draft_supplement()

    def test_next_revision_of_the_specification(self):
        """R4.1.3: a change of the paper makes the next revision of its specification, locked when in force."""
        supplement = self.draft()
        change = supplement.change_ids
        change.action_revise_spec()
        old, new = change.old_spec_id, change.new_spec_id
        new.with_user(self.sales).basis_weight = 90
        self.assertEqual((new.previous_id, new.revision, new.locked), (old, 2, False))
        self.walk(supplement)
        line = supplement.order_id.order_line
        self.assertEqual((line.paper_spec_id, line.paper_quantity), (new, 100))
        self.assertTrue(old.locked and new.locked)
        self.assertEqual(old.basis_weight, 80)

    def test_shows_the_difference(self):
        """R4.1.3: the document shows old and new of everything that changes, and nothing else."""
        self.customer.lang = "en_US"
        supplement = self.draft(new_quantity=120)
        text = "\n".join(supplement.clause_ids.mapped("text"))
        self.assertIn("Quantity: 100 reams → 120 reams", text)
        self.assertIn("Contract amount, tax included: ", text)
        self.assertNotIn("amount", str(supplement._change_texts(with_prices=False)))
        self.assertIn(supplement.parent_id.name, text)
        self.assertNotIn("Unit Price", text)

    def test_which_of_two_alike(self):
        """R4.1.3: of two lines of the same product the supplement says which one it changes."""
        self.customer.lang = "en_US"
        contract = self.build_contract(self.build_order(lines=2), state="in_force")
        supplement = self.draft(contract)
        supplement.change_ids.sorted("order_line_id")[1].new_quantity = 120
        self.assertEqual([what for what, _old, _new in supplement._change_texts(with_prices=False)], ["item 2 Offset: Quantity"])

    def test_nothing_changed(self):
        """R4.1.3: a supplement that changes nothing, or to an incomplete specification, cannot go to review."""
        supplement = self.draft()
        with self.assertRaises(ContractIncompleteError):
            supplement.action_submit_review()
        supplement.change_ids.action_revise_spec()
        supplement.change_ids.new_spec_id.with_user(self.sales).width = 0
        with self.assertRaises(ContractIncompleteError):
            supplement.action_submit_review()

    def test_what_was_reviewed_is_signed(self):
        """R4.1.3: the new revision altered after the review stops the signature."""
        supplement = self.draft()
        supplement.change_ids.action_revise_spec()
        supplement.change_ids.new_spec_id.with_user(self.sales).basis_weight = 90
        self.walk(supplement, "sent")
        supplement.change_ids.new_spec_id.with_user(self.sales).basis_weight = 95
        with self.assertRaises(ContractOutdatedError):
            self.sign_customer(supplement.sudo())

    def test_last_date_for_changes(self):
        """R4.1.3: after the last date for changes nobody submits, sends or signs a supplement before the management has let it
        through with a reason; what was changed after that needs another consent."""
        self.company.paper_change_days = 10
        with freeze_time("2026-12-01 02:00:00"):
            supplement = self.draft(new_price=7)
            self.assertEqual(str(supplement.last_change_date), "2026-12-10")
        supplement.invalidate_recordset()
        with freeze_time("2026-12-11 02:00:00"):
            self.assertTrue(supplement.is_late_change)
            for user in (self.sales, self.manager):
                with self.assertRaises(ChangeTooLateError):
                    supplement.with_user(user).action_submit_review()
            with self.assertRaises(ContractRoleError):
                supplement.action_allow_late_change("Please.")
            with self.assertRaises(ContractImmutableError):
                supplement.write({"late_terms": {"changes": []}})
            action = supplement.with_user(self.manager).action_allow_late_change()
            wizard = self.env[action["res_model"]].with_user(self.manager).browse(action["res_id"])
            wizard.reason = "Nothing is cut yet."
            wizard.action_apply()
            self.assertEqual((supplement.late_allowed_by_id, supplement.late_reason), (self.manager, "Nothing is cut yet."))
            self.assertFalse(supplement.is_late_change)
            with self.assertRaises(ContractStateError):
                supplement.with_user(self.manager).action_allow_late_change("Again.")
            supplement.change_ids.new_price = 8
            with self.assertRaises(ChangeTooLateError):
                supplement.action_submit_review()
            supplement.with_user(self.manager).action_allow_late_change("This, too.")
            self.walk(supplement)

    def test_signed_too_late(self):
        """R4.1.3: a supplement that was sent in time is not signed after the last date for changes, by neither side."""
        self.company.paper_change_days = 10
        with freeze_time("2026-12-09 02:00:00"):
            supplement = self.walk(self.draft(new_price=7), "sent")
        with freeze_time("2026-12-11 02:00:00"):
            with self.assertRaises(ChangeTooLateError):
                self.sign_customer(supplement.sudo())
            with self.assertRaises(ChangeTooLateError):
                supplement.with_user(self.manager).action_sign_company("Zhang Min", SIGNATURE)
            supplement.with_user(self.manager).action_allow_late_change("Agreed by telephone.")
            self.sign_both(supplement.sudo())
            self.assertEqual(supplement.state, "in_force")

    def test_other_blockers(self):
        """R4.1.3: what else stands against a change of the order stops the supplement before anybody signs."""
        supplement = self.draft(new_price=7)
        self.walk(supplement, "reviewed")
        order_class, plain = self.registry["sale.order"], self.registry["sale.order"]._get_blockers

        def blocked(orders, step):
            found = plain(orders, step)
            if step == "change":
                for order in found:
                    found[order].append(orders._paper_blocker("trimmed", "The reels are cut."))
            return found

        self.patch(order_class, "_get_blockers", blocked)
        with self.assertRaises(ChangeBlockedError):
            supplement.action_send()

    def test_rights(self):
        """R4.1.3: only sales of the order and the management draft supplements, to a contract in force, one at a time."""
        contract = self.build_contract(state="in_force")
        for user in (self.legal, self.planner, self.colleague):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                contract.with_user(user).action_draft_supplement()
        supplement = self.draft(contract)
        self.assertEqual(contract.with_user(self.sales).action_draft_supplement()["res_id"], supplement.id)
        with self.assertRaises(UserError):
            supplement.change_ids.with_user(self.colleague).write({"new_price": 1})
        other = self.build_contract()
        with self.assertRaises(ContractStateError):
            self.env["paper.contract"].with_user(self.sales).create({"order_id": other.order_id.id, "parent_id": other.id})
        with self.assertRaises(ContractStateError):
            self.env["paper.contract"].with_user(self.sales).create(
                {"order_id": self.build_order().id, "parent_id": contract.id}
            )
        with self.assertRaises(ContractImmutableError):
            self.env["paper.contract.change"].with_user(self.sales).create(
                {"contract_id": supplement.id, "order_line_id": other.order_id.order_line.id}
            )

    def test_ends_with_its_contract(self):
        """R4.1.3: when the management ends the contract, its open supplement ends with it."""
        supplement = self.draft(new_price=7)
        supplement.parent_id.with_user(self.manager).action_terminate("Agreed by letter.")
        self.assertEqual(supplement.state, "cancelled")
