from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ...exceptions import ContractImmutableError, ContractIncompleteError, ContractOutdatedError, OpenWarningError
from ..common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractInstalment(ContractCommon):
    def schedule(self, contract, *quantities, user=None):
        line = contract.order_id.order_line
        return self.env["paper.contract.instalment"].with_user(user or self.sales).create(
            [
                {"contract_id": contract.id, "order_line_id": line.id, "date": f"2026-12-{10 + index:02}", "quantity": quantity}
                for index, quantity in enumerate(quantities)
            ]
        )

    def test_stands_in_the_contract(self):
        """R4.1.1: instalments of what is ordered stand in the clause, the document, the versions and the departments' copies."""
        self.customer.lang = "en_US"
        contract = self.build_contract()
        self.schedule(contract, 60, 40)
        text = "\n".join(contract.clause_ids.mapped("text"))
        self.assertIn("20 December 2026 (in 2 instalments, as in the Delivery Schedule)", text)
        html = self.env["ir.actions.report"]._render_qweb_html("paper_contract.report_contract", contract.ids)[0].decode()
        for words in ("Delivery Schedule", "10 December 2026", "60 reams", "40 reams"):
            self.assertIn(words, html)
        self.build_contract_from(contract)
        self.assertIn("60 reams", str(contract.version_ids[:1].content["facts"]))
        copy = contract.copy_ids[:1]
        self.assertIn("60 reams", copy.content)

    def build_contract_from(self, contract):
        contract.with_user(self.sales).action_submit_review()
        contract.current_review_id.with_user(self.legal).action_accept()
        contract.with_user(self.sales).action_send()
        self.sign_both(contract)

    def test_adds_up(self):
        """R4.1.1: a schedule that does not come to what is ordered, or ends after the delivery date, cannot go to review and
        says so."""
        contract = self.build_contract()
        instalments = self.schedule(contract, 60, 30)
        self.assertIn("90", contract.missing)
        with self.assertRaises(ContractIncompleteError):
            contract.with_user(self.sales).action_submit_review()
        instalments[1].quantity = 40
        self.assertFalse(contract.missing)
        instalments[1].date = "2026-12-21"
        self.assertTrue(contract.missing)
        with self.assertRaises(ContractIncompleteError):
            contract.with_user(self.sales).action_submit_review()

    def test_only_in_a_draft(self):
        """R4.1.3: after the review began nobody changes the schedule; in force the database refuses it, too."""
        contract = self.build_contract()
        instalments = self.schedule(contract, 60, 40)
        with self.assertRaises(AccessError):
            instalments.with_user(self.legal).write({"quantity": 1})
        with self.assertRaises(UserError):
            instalments.with_user(self.colleague).write({"quantity": 1})
        other = self.build_contract()
        with self.assertRaises(ContractImmutableError):
            instalments.write({"order_line_id": other.order_id.order_line.id})
        with self.assertRaises(ContractImmutableError):
            instalments.write({"contract_id": other.id})
        self.build_contract_from(contract)
        for attempt in (
            lambda: instalments.write({"quantity": 1}),
            lambda: instalments.unlink(),
            lambda: self.schedule(contract, 1),
            lambda: contract.with_user(self.sales).write({"instalment_ids": [(5, 0, 0)]}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE paper_contract_instalment SET quantity = 1 WHERE contract_id = %s", [contract.id])

    def test_a_supplement_leaves_the_schedule(self):
        """R4.1.1, R4.1.3: a supplement that changes quantity or delivery of a contract in instalments is warned of, and legal
        accepts it only when that is settled; a change of the price alone, or of a contract without instalments, is not."""
        contracts = [self.build_contract(), self.build_contract()]
        self.schedule(contracts[0], 60, 40)
        for contract, warned in zip(contracts, (True, False), strict=True):
            self.build_contract_from(contract)
            action = contract.with_user(self.sales).action_draft_supplement()
            supplement = contract.browse(action["res_id"]).with_user(self.sales)
            self.fill_blanks(supplement)

            def warnings(supplement=supplement):
                return supplement.warning_ids.filtered(lambda item: item.code == "schedule_left" and item.state != "gone")

            supplement.change_ids.new_price = 7
            self.assertFalse(warnings())
            for values in ({"new_quantity": 120}, {"new_quantity": 100}):
                supplement.change_ids.write(values)
                self.assertEqual(bool(warnings()), warned and values["new_quantity"] != 100)
            supplement.new_commitment_date = "2026-12-28 08:00:00"
            self.assertEqual(bool(warnings()), warned)
            supplement.action_submit_review()
            if warned:
                self.assertIn(contract.name, warnings().message)
                with self.assertRaises(OpenWarningError):
                    supplement.current_review_id.with_user(self.legal).action_accept()
                warnings().action_answer("Clause 2 names the new instalments.")
            supplement.current_review_id.with_user(self.legal).action_accept()
            self.assertEqual(supplement.state, "reviewed")

    def test_changed_after_the_review(self):
        """R4.1.2: a schedule altered behind legal's back stops the sending."""
        contract = self.build_contract()
        instalments = self.schedule(contract, 60, 40)
        contract.with_user(self.sales).action_submit_review()
        contract.current_review_id.with_user(self.legal).action_accept()
        self.env.flush_all()
        self.env.cr.execute("UPDATE paper_contract_instalment SET date = '2026-12-01' WHERE id = %s", [instalments[0].id])
        self.env.invalidate_all()
        with self.assertRaises(ContractOutdatedError):
            contract.with_user(self.sales).action_send()


@tagged("post_install", "-at_install")
class TestContractExport(ContractCommon):
    def export_contract(self):
        self.customer.write({"lang": "en_US", "category_id": [(4, self.env.ref("paper_contract.category_export").id)]})
        contract = self.build_contract(filled=False).with_user(self.sales)
        self.fill_blanks(contract, loading_port="Shanghai", discharge_port="Hamburg", partial_shipment="not_allowed")
        return contract

    def test_export_clauses(self):
        """R4.1.1: a customer of the class “Export” gets clauses of the Incoterms, documentary credits and the UN sales convention
        in place of the domestic ones; the checklist is complete with them."""
        contract = self.export_contract()
        text = "\n".join(contract.clause_ids.mapped("text"))
        for words in ("Incoterms", "ICC publication 600", "International Sale of Goods", "certificate of origin"):
            self.assertEqual(words in text, words != "Incoterms", words)
        self.assertNotIn("value-added tax invoice", text)
        self.assertIn("470(6)", contract.missing)
        contract.write({"incoterm_id": self.env.ref("account.incoterm_CIF").id, "incoterm_place": "Hamburg"})
        self.assertFalse(contract.missing)
        text = "\n".join(contract.clause_ids.mapped("text"))
        self.assertIn("Trade term: CIF Hamburg (Incoterms 2020).", text)
        contract.action_submit_review()
        contract.current_review_id.with_user(self.legal).action_accept()
        contract.action_send()
        self.sign_both(contract.sudo())
        self.assertEqual(contract.state, "in_force")

    def test_a_trade_term_is_reviewed(self):
        """R4.1.2: the trade term is part of what legal accepts."""
        contract = self.export_contract()
        contract.write({"incoterm_id": self.env.ref("account.incoterm_CIF").id, "incoterm_place": "Hamburg"})
        contract.action_submit_review()
        contract.current_review_id.with_user(self.legal).action_accept()
        with self.assertRaises(ContractImmutableError):
            contract.incoterm_place = "Rotterdam"
        self.env.flush_all()
        self.env.cr.execute("UPDATE paper_contract SET incoterm_place = 'Rotterdam' WHERE id = %s", [contract.id])
        self.env.invalidate_all()
        with self.assertRaises(ContractOutdatedError):
            contract.action_send()

    def test_says_where_to_fill_in(self):
        """R4.1.1: the checklist says in words what is missing and where it is filled in."""
        contract = self.export_contract()
        contract.order_id.commitment_date = False
        lines = contract.missing.split("\n")
        self.assertTrue(any("delivery time – order, “Delivery Date”" in line for line in lines), lines)
        self.assertTrue(any("trade term and its place – tab Conditions" in line for line in lines), lines)
        breach = contract.clause_ids.filtered(lambda clause: "breach" in clause.element_ids.mapped("code"))
        breach.body = " "
        self.assertIn("the clause has no text", contract.missing)
        breach.unlink()
        self.assertIn("no clause says it", contract.missing)
