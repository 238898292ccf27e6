from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...exceptions import (
    ContractFieldError,
    ContractImmutableError,
    ContractIncompleteError,
    ContractStateError,
)
from ..common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractDraft(ContractCommon):
    def text(self, contract):
        return "\n".join(contract.clause_ids.mapped("text"))

    def test_clauses_are_filled_from_the_order(self):
        """R4.1.1: parties, product, specification, quantity, price, time, place and payment come from the order."""
        contract = self.build_contract(self.build_order(client_order_ref="PO-77"))
        self.assertEqual(contract.language, "zh_CN")
        text = self.text(contract)
        for words in (
            "Mill Co.",
            "Printing House",
            "胶版印刷纸 80 g/m² 787×1092 mm",
            "100 令",
            "2026年12月20日",
            "8 Print Street",
            "GB/T 30130-2023",
            "PO-77",
            contract.name,
        ):
            self.assertIn(words, text if words != contract.name else text + contract.name)
        self.assertNotIn("{", text)
        self.assertFalse(contract.missing)

    def test_days_are_the_mill_s(self):
        """R4.1.1: the delivery time is the day where the mill stands, whoever reads the contract from wherever."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        contract = self.build_contract(self.build_order(commitment_date="2026-12-20 20:00:00"))
        for zone in ("UTC", "America/New_York", "Asia/Shanghai"):
            with self.subTest(zone=zone):
                self.assertEqual(contract.with_context(tz=zone)._fill_values()["delivery_time"], "2026年12月21日")

    def test_english_customer(self):
        """R4.1.1: a customer who reads English gets the English clauses."""
        self.customer.lang = "en_US"
        contract = self.build_contract()
        self.assertEqual(contract.language, "en_US")
        self.assertIn("20 December 2026", self.text(contract))
        self.assertNotRegex(self.text(contract), "[\u4e00-\u9fff]")

    def test_tolerance_and_limits(self):
        """R4.1.1: tolerance and quality limits are the specification's; none is invented."""
        order = self.build_order()
        contract = self.build_contract(order)
        self.assertIn("六百二十九条", self.text(contract))
        spec = order.order_line.paper_spec_id
        spec.write({"tolerance_plus": 5, "tolerance_minus": 3})
        self.env["paper.spec.limit"].create(
            {"spec_id": spec.id, "name": "Moisture", "unit": "%", "has_maximum": True, "maximum": 8}
        )
        contract.clause_ids.invalidate_recordset(["text"])
        self.assertIn("+5 % / −3 %", self.text(contract))
        self.assertIn("Moisture ≤ 8 %", self.text(contract))

    def test_what_holds_for_which_item(self):
        """R4.1.1: of many lines each packing and quality is said once, with the numbers of its items in the table of products."""
        self.customer.lang = "en_US"
        order = self.build_order(lines=3)
        first, second, third = order.order_line.paper_spec_id
        (first | third).packing, second.packing = "on pallets", "in reels"
        text = self.text(self.build_contract(order))
        self.assertIn("items 1, 3: on pallets; item 2: in reels", text)
        self.assertEqual(text.count("GB/T 30130-2023"), 1)
        self.customer.lang = "zh_CN"
        order = order.copy()
        self.assertIn("第1、3项：on pallets；第2项：in reels", self.text(self.build_contract(order)))

    def test_missing_elements(self):
        """R4.1.1: a draft that lacks delivery time, place, payment or quality cannot go to review and says which."""
        cases = {
            "delivery_time": lambda order: order.write({"commitment_date": False}),
            "delivery_place": lambda order: order.partner_shipping_id.write({"street": False, "city": False}),
            "payment": lambda order: order.write({"payment_term_id": False}),
            "quality": lambda order: self.grade.write({"standard": False, "standard_edition": False}),
        }
        for code, spoil in cases.items():
            with self.subTest(code=code), self.env.cr.savepoint(flush=True) as savepoint:
                contract = self.build_contract()
                spoil(contract.order_id)
                self.env.invalidate_all()
                element = self.env["paper.contract.element"].search([("code", "=", code)])
                with self.assertRaises(ContractIncompleteError) as caught:
                    contract.with_user(self.sales).action_submit_review()
                self.assertIn(element.name, str(caught.exception))
                self.assertIn(element.name, contract.missing)
                savepoint.rollback()

    def test_removed_clause_is_missing(self):
        """R4.1.1: a draft whose clause on breach was deleted or emptied cannot go to review."""
        contract = self.build_contract().with_user(self.sales)
        breach = contract.clause_ids.filtered(lambda clause: "breach" in clause.element_ids.mapped("code"))
        breach.body = " "
        with self.assertRaises(ContractIncompleteError):
            contract.action_submit_review()
        breach.unlink()
        with self.assertRaises(ContractIncompleteError):
            contract.action_submit_review()

    def test_text_is_never_evaluated(self):
        """R4.1.1: a clause may name known fields only, and nothing in it is evaluated as a template."""
        contract = self.build_contract().with_user(self.sales)
        clause = contract.clause_ids[0]
        for body in ("{password}", "{seller_name} {company_id}"):
            with self.subTest(body=body), self.assertRaises(ContractFieldError), self.env.cr.savepoint():
                clause.body = body
        clause.body = "{{ object.env.user.password }} <t t-out='1+1'/> {0.__class__} %(x)s ${7*7} {seller_name}"
        self.assertEqual(
            clause.text, "{{ object.env.user.password }} <t t-out='1+1'/> {0.__class__} %(x)s ${7*7} Mill Co."
        )
        contract.order_id.sudo().partner_id.name = "{seller_vat} {{1}}"
        clause.body = "{buyer_name}"
        self.assertEqual(clause.text, "{seller_vat} {{1}}")

    def test_fields_listed_are_fields_filled(self):
        """R4.1.1: every field that a clause may name has a value."""
        contract = self.build_contract()
        self.assertEqual(contract._fill_values().keys(), contract._fill_labels().keys())

    def test_every_field_is_settled(self):
        """R4.1.3: every stored field of a contract is editable in a draft or written by the steps only."""
        contracts = self.env["paper.contract"]
        own = {
            name
            for name, field in contracts._fields.items()
            if field.store and field._modules and "paper_contract" in field._modules
        }
        mixins = {"access_token", "create_uid", "create_date", "write_uid", "write_date"}
        self.assertFalse({name for name in own - set(contracts._step_fields()) - mixins if not name.startswith("message_")})

    def test_one_contract_per_order(self):
        """R4.1.1: an order has one contract at a time; drafting again opens it, a cancelled one is replaced."""
        contract = self.build_contract()
        order = contract.order_id.with_user(self.sales)
        self.assertEqual(order.action_draft_contract()["res_id"], contract.id)
        contract.with_user(self.sales).action_cancel()
        order.action_draft_contract()
        self.assertEqual(len(order.contract_ids), 2)
        self.assertNotEqual(order.contract_id, contract)

    def test_company_texts(self):
        """R4.1.1: a company with clauses of its own drafts with them."""
        self.env["paper.contract.clause.template"].create(
            {"name": "Own", "body": "Own text", "language": "zh_CN", "company_id": self.company.id}
        )
        self.assertEqual(self.build_contract().clause_ids.mapped("text"), ["Own text"])

    def test_only_sales_drafts(self):
        """R4.1.1: other departments cannot draft, neither by the button nor by create."""
        order = self.build_order()
        for user in (self.legal, self.planner):
            with self.subTest(user=user.login):
                with self.assertRaises(UserError):
                    order.with_user(user).action_draft_contract()
                with self.assertRaises(UserError):
                    self.env["paper.contract"].with_user(user).create({"order_id": order.id})
        with self.assertRaises(AccessError):
            order.with_user(self.colleague).action_draft_contract()

    def test_cancelled_order(self):
        """R4.1.1: a cancelled order gets no contract, and its open contract ends with it."""
        contract = self.build_contract()
        contract.order_id._action_cancel()
        self.assertEqual(contract.state, "cancelled")
        with self.assertRaises(ContractStateError):
            contract.order_id.with_user(self.sales).action_draft_contract()

    def test_created_in_draft_only(self):
        """R4.1.3: no contract is created in force, signed or reviewed, by create, import or copy."""
        order = self.build_order()
        model = self.env["paper.contract"].with_user(self.sales)
        for values in ({"state": "in_force"}, {"customer_signed_by": "X"}, {"company_signed_on": "2026-01-01"}):
            with self.subTest(values=values), self.assertRaises(ContractImmutableError):
                model.create({"order_id": order.id, **values})
        with self.assertRaises(ContractImmutableError):
            self.env["paper.contract"].create({"order_id": order.id, "state": "sent"})
        result = model.load(["order_id/.id", "state"], [[str(order.id), "in_force"]])
        self.assertFalse(result["ids"])
        contract = self.build_contract(order, state="sent")
        contract.with_user(self.sales).action_cancel()
        copy = contract.with_user(self.sales).copy()
        self.assertEqual((copy.state, copy.review_ids, copy.document_ids.ids), ("draft", copy.review_ids.browse(), []))
        self.assertFalse(copy.clause_ids.filtered("frozen_text"))

    def test_element_texts_can_be_deleted_never_used(self):
        """R4.1.1: a draft that was never reviewed may be deleted."""
        contract = self.build_contract()
        contract.with_user(self.sales).unlink()
        self.assertFalse(contract.exists())
        reviewed = self.build_contract(state="review")
        with self.assertRaises(ContractImmutableError):
            reviewed.with_user(self.sales).unlink()

    def test_clause_order(self):
        """R4.1.1: the articles are numbered in their order, in the contract's language."""
        contract = self.build_contract()
        labels = [clause._article_label(index) for index, clause in enumerate(contract.clause_ids)]
        self.assertEqual(labels[:2] + labels[10:11], ["第一条", "第二条", "第十一条"])
        extra = Command.create({"name": "附则", "body": "无", "sequence": 1})
        contract.with_user(self.sales).write({"clause_ids": [extra]})
        contract.clause_ids.invalidate_recordset()
        self.assertEqual(contract.clause_ids.sorted("sequence")[0].name, "附则")

    def test_core_and_trade_term(self):
        """R4.1.1: the contract says the outside diameter of the core, and by which trade term the goods are delivered."""
        reel = {"format": "reel", "width": 787, "length": 0, "reel_diameter_max": 1000, "core_diameter": 76}
        spec = self.build_spec(**reel, core_outside_diameter=96)
        order = self.build_order()
        order.order_line.write({"paper_spec_id": spec.id, "paper_quantity": 1, "paper_unit": "t"})
        dap = self.env["account.incoterms"].search([("code", "=", "DAP")], limit=1)
        if "incoterm" in order._fields:
            order.write({"incoterm": dap.id, "incoterm_location": "Tianjin"})
        contract = self.build_contract(order).with_user(self.sales)
        if "incoterm" not in order._fields:
            contract.write({"incoterm_id": dap.id, "incoterm_place": "Tianjin"})
        self.assertEqual((contract.incoterm_id, contract.incoterm_place), (dap, "Tianjin"))
        texts = "\n".join(contract.clause_ids.mapped("text"))
        self.assertIn("96 mm", texts)
        self.assertIn("DAP Tianjin", texts)
        contract.clause_ids[-1].body += "\n{trade_term}"
        self.env.invalidate_all()
        self.assertEqual("\n".join(contract.clause_ids.mapped("text")).count("DAP Tianjin"), 1)
