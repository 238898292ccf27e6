import importlib.util

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import file_path

from ...exceptions import ContractBlankError, ContractRoleError
from ...lib import blanks
from ...wizards.paper_contract_blanks import EDITORS
from ..common import FILLED, SIGNATURE, ContractCommon


@tagged("post_install", "-at_install")
class TestContractBlanks(ContractCommon):
    def dialog(self, contract, user=None, **values):
        model = self.env["paper.contract.blanks"].with_user(user or self.sales)
        return model.create([{"contract_id": contract.id, **values}])

    def spoil(self, contract):
        """Let a contract that was filled in have a blank again, past every step."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE paper_contract SET measuring_method = NULL WHERE id = %s", [contract.id])
        self.env.cr.execute(
            "UPDATE paper_contract_clause SET frozen_text = replace(frozen_text, 'net weight', '____') WHERE contract_id = %s",
            [contract.id],
        )
        self.env.invalidate_all()
        contract.sudo()._by_step().write({"reviewed_digest": contract.sudo()._content_digest()})

    def test_not_submitted(self):
        """R4.1.1: a draft with blanks is not submitted to legal; each blank is named with where its value lives."""
        self.company.write({"vat": False, "phone": False})
        contract = self.build_contract(filled=False)
        with self.assertRaises(ContractBlankError) as caught:
            contract.with_user(self.sales).action_submit_review()
        text = str(caught.exception)
        for name in ("seller_vat", "seller_phone", "buyer_vat", "buyer_phone", "measuring_method", "freight",
                     "late_delivery_damages", "claim_days_visible", "copies_total", "customer_order"):
            with self.subTest(name=name):
                self.assertIn(f"{contract._fill_labels()[name]} – {contract._fill_places()[name]}", text)
        self.assertEqual(caught.exception.items[0]["action"]["res_model"], "paper.contract.blanks")
        self.assertEqual(contract.state, "draft")
        self.assertEqual(text.count("•"), len(contract.blank_names.splitlines()))

    def test_every_blank_has_a_place(self):
        """R4.1.1: whatever field of a clause is empty, the person is told where its value lives, or that it is typed here."""
        contract = self.build_contract()
        derived = {"contract_number", "order_number", "tolerance", "packing", "inspection_methods", "tax",
                   "parent_number", "parent_date", "changes"}
        self.assertFalse(contract._fill_labels().keys() - contract._fill_places().keys() - derived)
        editable = {name for editors in EDITORS.values() for name in editors}
        self.assertFalse(editable - contract._fill_labels().keys())
        goods = {"products", "quantity", "amount", "quality_standard", "buyer_name", "seller_name"}
        self.assertFalse(contract._fill_places().keys() - editable - goods)

    def test_one_dialog_fills_all(self):
        """R4.1.1: one dialog writes each value to where it lives, and then the contract goes to legal."""
        self.company.write({"vat": False, "phone": False})
        contract = self.build_contract(filled=False)
        with self.assertRaises(ContractRoleError) as caught:
            self.dialog(contract, seller_vat="91430600MA0000000X").action_apply()
        self.assertIn(self.company.name, str(caught.exception))
        self.company.write({"vat": "91430600MA0000000X", "phone": "+86 730 8000 0000"})
        values = {
            **FILLED,
            "none_buyer_vat": False,
            "none_buyer_phone": False,
            "none_customer_order": False,
            "none_deposit": False,
            "buyer_vat": "91110000MA1111111Y",
            "buyer_phone": "+86 10 6000 0000",
            "customer_order": "PO-9",
            "deposit_percent": 10,
            "incoterm_place": "",
        }
        self.dialog(contract, **values).action_apply()
        self.assertEqual((self.customer.vat, self.customer.phone), ("91110000MA1111111Y", "+86 10 6000 0000"))
        self.assertEqual(contract.order_id.client_order_ref, "PO-9")
        self.assertEqual((contract.deposit_percent, contract.copies_total), (10, 4))
        self.assertFalse(contract.blanks)
        self.assertFalse(contract.blank_names)
        contract.with_user(self.sales).action_submit_review()
        self.assertEqual(contract.state, "review")
        version = contract.version_ids.filtered(lambda item: item.reason == "submitted")
        self.assertNotIn(blanks.BLANK, "".join(clause["text"] for clause in version.content["clauses"]))

    def test_none_is_said(self):
        """R4.1.1: that nothing is agreed is said in the text; a blank is never read as none, nor 0 as agreed."""
        self.customer.lang = "en_US"
        contract = self.build_contract(filled=False)
        before = "\n".join(contract.clause_ids.mapped("text"))
        self.assertIn("Deposit: ____", before)
        contract.with_user(self.sales).deposit_percent = 0
        self.assertIn("deposit", contract.blank_names)
        self.fill_blanks(contract)
        text = "\n".join(contract.clause_ids.mapped("text"))
        self.assertIn("Deposit: none is paid", text)
        self.assertIn("the people's court that has jurisdiction", text)
        self.assertIn("deposit", contract.none_names)
        self.assertNotIn(blanks.BLANK, text)
        contract.with_user(self.sales).deposit_percent = 5
        self.assertIn("Deposit: 5 %", "\n".join(contract.clause_ids.mapped("text")))

    def test_none_only_where_it_can_be(self):
        """R4.1.1: who bears the freight, or how the quantity is measured, cannot be settled as none."""
        contract = self.build_contract(filled=False).with_user(self.sales)
        contract.none_agreed = ["freight", "measuring_method", "seller_vat", "products", "deposit"]
        self.assertEqual(contract._none_agreed(), ["deposit"])
        self.assertIn(contract._fill_labels()["freight"], contract.blank_names)

    def test_words_for_later_are_blanks(self):
        """R4.1.1: a line to write on, or a promise to fill it in later, is a blank, in a value and in a clause."""
        contract = self.build_contract().with_user(self.sales)
        for value in ("____", "＿＿＿", "待填", "待定", "TBD", "   "):
            with self.subTest(value=value), self.assertRaises(ContractBlankError), self.env.cr.savepoint():
                contract.measuring_method = value
                contract.action_submit_review()
        clause = contract.clause_ids[-1]
        clause.body = "Made in ______ (place) by ____."
        contract.invalidate_recordset()
        self.assertEqual(contract.blanks, 2)
        with self.assertRaises(ContractBlankError) as caught:
            contract.action_submit_review()
        self.assertIn(clause.name, str(caught.exception))
        dialog = self.dialog(contract)
        self.assertEqual(len(dialog.place_ids), 2)
        dialog.place_ids[1].value = "sales"
        dialog.action_apply()
        self.assertEqual(clause.body, "Made in ______ (place) by sales.")
        dialog = self.dialog(contract)
        dialog.place_ids.value = "Jinan"
        dialog.action_apply()
        self.assertEqual(clause.body, "Made in Jinan (place) by sales.")
        contract.action_submit_review()

    def test_not_accepted_not_sent(self):
        """R4.1.1, R4.1.2: legal does not accept a contract with blanks, and sales does not send it."""
        contract = self.build_contract(state="review")
        self.spoil(contract)
        with self.assertRaises(ContractBlankError) as caught:
            contract.current_review_id.with_user(self.legal).action_accept()
        self.assertFalse(caught.exception.items)
        contract = self.build_contract(state="reviewed")
        self.spoil(contract)
        with self.assertRaises(ContractBlankError):
            contract.with_user(self.sales).action_send()

    def test_not_signed_by_any_path(self):
        """R4.1.3: no side signs a text with blanks: not on the portal, not for the company, not on paper, not by performance."""
        contract = self.build_contract(state="sent")
        self.spoil(contract)
        scan = SIGNATURE
        paths = {
            "portal": lambda: self.sign_customer(contract),
            "company": lambda: contract.with_user(self.manager).action_sign_company("Zhang Min", SIGNATURE),
            "paper": lambda: contract.with_user(self.sales).action_record_paper_signature("customer", "Wang Wei", scan),
            "performance": lambda: contract.with_user(self.manager).action_record_performance("Delivered.", scan),
        }
        for name, path in paths.items():
            with self.subTest(path=name), self.assertRaises(ContractBlankError), self.env.cr.savepoint():
                path()
        # What was sent before the rule stays as its customer knows it.
        contract.sudo()._by_step().write({"sent_with_blanks": True})
        self.sign_both(contract)
        self.assertEqual(contract.state, "in_force")

    def test_supplement(self):
        """R4.1.3: a supplement without its reason is not submitted; the dialog asks for it."""
        contract = self.build_contract(state="in_force")
        action = contract.with_user(self.sales).action_draft_supplement()
        supplement = self.env["paper.contract"].browse(action["res_id"]).with_user(self.sales)
        supplement.change_ids.new_quantity = 120
        with self.assertRaises(ContractBlankError):
            supplement.action_submit_review()
        self.dialog(supplement, change_reason="More is needed").action_apply()
        supplement.action_submit_review()
        self.assertEqual(supplement.state, "review")

    def test_who_may(self):
        """R4.1.1: the dialog says what the user may not write and whom to ask; it is of sales and of a draft alone."""
        self.company.write({"vat": False})
        contract = self.build_contract(filled=False)
        dialog = self.dialog(contract)
        self.assertFalse(dialog.can_company)
        self.assertTrue(dialog.who_company)
        self.assertTrue(dialog.can_customer and dialog.can_order and dialog.can_place)
        self.customer.vat = "1"
        # A mill whose sales do not keep its customers: they add what is missing, and correct nothing.
        kept = self.env.ref("paper_base.access_res_partner_sales")
        kept.perm_write = False
        with self.assertRaises(ContractRoleError):
            self.dialog(contract, buyer_vat="2").action_apply()
        self.assertEqual(self.customer.vat, "1")
        self.dialog(contract, buyer_phone="3").action_apply()
        self.assertEqual(self.customer.phone, "3")
        kept.perm_write = True
        self.dialog(contract, buyer_vat="2").action_apply()
        self.assertEqual(self.customer.vat, "2")
        self.assertIn(",seller_vat,", dialog.asked)
        for user in (self.legal, self.planner):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self.dialog(contract, user=user, **FILLED).action_apply()
        with self.assertRaises(UserError):
            self.dialog(contract, user=self.colleague, **FILLED).action_apply()
        self.company.vat = "913701000000000001"
        sent = self.build_contract(state="review")
        with self.assertRaises(UserError):
            self.dialog(sent, **FILLED).action_apply()
        with self.assertRaises(UserError):
            contract.with_user(self.sales).write({"sent_with_blanks": True})

    def test_proposed_from_the_last_contract(self):
        """R4.1.1: what the same customer agreed to last is proposed, not assumed: it counts once it is applied."""
        self.build_contract(state="sent")
        contract = self.build_contract(filled=False)
        model = self.env["paper.contract.blanks"].with_user(self.sales)
        self.assertFalse(self.dialog(contract).copies_total)
        dialog = model.with_context(default_contract_id=contract.id).create([{}])
        self.assertEqual((dialog.copies_total, dialog.none_deposit), (4, True))
        self.assertTrue(dialog.taken_from_id)
        self.assertTrue(contract.blanks)
        dialog.write({"none_customer_order": True, "none_buyer_vat": True, "none_buyer_phone": True})
        dialog.action_apply()
        self.assertFalse(contract.blanks)

    def test_legal_reads_beside_the_decision(self):
        """R4.1.2: the review shows the text that legal decides on, with the goods, and as it is now."""
        contract = self.build_contract(state="review")
        review = contract.current_review_id.with_user(self.legal)
        text = str(review.contract_text)
        self.assertIn("胶版印刷纸", text)
        self.assertIn("net weight on the mill's scale".replace("'", "&#39;"), text.replace("'", "&#39;"))
        self.assertNotIn("<style", text)
        views = self.env["paper.contract.review"].get_view(view_type="form")
        self.assertIn('name="contract_text"', views["arch"])

    def test_upgrade(self):
        """R4.1.1, R4.1.3: an upgrade leaves what was sent alone, blanks and all, and drafts no longer speak of blanks."""
        shipped, own = self.env.ref("paper_contract.clause_payment_zh"), self.env.ref("paper_contract.clause_payment_en")
        sentence = "空白未填的，不收取定金。"
        shipped.body, own.body = f"定金：{{deposit}}。{sentence}", "Cash on delivery."
        draft, sent, clean = self.build_contract(), self.build_contract(state="sent"), self.build_contract(state="sent")
        self.spoil(sent)
        before = sent.clause_ids.mapped("text")
        path = "paper_contract/migrations/19.0.1.0.4/post-blanks.py"
        spec = importlib.util.spec_from_file_location("blanks_upgrade", file_path(path))
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        for _run in range(2):
            script.migrate(self.env.cr, "19.0.1.0.3")
        self.env.invalidate_all()
        self.assertEqual((shipped.body, own.body), ("定金：{deposit}。", "Cash on delivery."))
        self.assertNotIn(sentence, "\n".join(draft.clause_ids.mapped("body")))
        self.assertIn(sentence, "\n".join(sent.clause_ids.mapped("body")))
        self.assertEqual(sent.clause_ids.mapped("text"), before)
        self.assertTrue(sent.sudo().sent_with_blanks)
        self.assertFalse(clean.sudo().sent_with_blanks or draft.sudo().sent_with_blanks)
