from contextlib import suppress

from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..common import SIGNATURE, ContractCommon

# Each term of an order's header, and a statement that changes it.
HEADER = (
    "partner_id = 1",
    "partner_invoice_id = 1",
    "partner_shipping_id = 1",
    "payment_term_id = NULL",
    "commitment_date = commitment_date + interval '1 day'",
    "client_order_ref = 'x'",
    "paper_valid_to = '2030-01-01'",
)


@tagged("post_install", "-at_install")
class TestContractFrozen(ContractCommon):
    def attempt(self, query, *params):
        """Run a statement past the system and say whether the database took it."""
        self.env.flush_all()
        with suppress(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint(flush=False):
            self.env.cr.execute(query, params)
            return bool(self.env.cr.rowcount)
        return False

    def statements(self, contract):
        line = contract.order_id.order_line
        spec, clause, document = line.paper_spec_id, contract.clause_ids[0], contract.issued_id
        return [
            ("UPDATE paper_contract SET terms = '{}' WHERE id = %s", contract.id),
            ("UPDATE paper_contract SET customer_signed_by = 'Another' WHERE id = %s", contract.id),
            ("UPDATE paper_contract SET in_force_on = NULL WHERE id = %s", contract.id),
            ("UPDATE paper_contract SET state = 'draft' WHERE id = %s", contract.id),
            ("UPDATE paper_contract SET issued_id = NULL, state = 'sent' WHERE id = %s", contract.id),
            ("UPDATE paper_contract SET deposit_percent = 99 WHERE id = %s", contract.id),
            ("UPDATE paper_contract_clause SET frozen_text = 'x' WHERE id = %s", clause.id),
            ("UPDATE paper_contract_clause SET body = 'x' WHERE id = %s", clause.id),
            ("DELETE FROM paper_contract_clause WHERE id = %s", clause.id),
            ("INSERT INTO paper_contract_clause (contract_id, name) VALUES (%s, 'x')", contract.id),
            ("UPDATE paper_contract_document SET sha256 = 'x' WHERE id = %s", document.id),
            ("DELETE FROM paper_contract_document WHERE id = %s", document.id),
            ("UPDATE paper_contract_signature SET signer_name = 'x' WHERE contract_id = %s", contract.id),
            ("DELETE FROM paper_contract_signature WHERE contract_id = %s", contract.id),
            ("UPDATE paper_spec SET basis_weight = 99 WHERE id = %s", spec.id),
            ("UPDATE paper_spec SET locked = false WHERE id = %s", spec.id),
            ("UPDATE sale_order_line SET price_unit = 1 WHERE id = %s", line.id),
            ("UPDATE sale_order_line SET product_uom_qty = product_uom_qty + 1 WHERE id = %s", line.id),
            ("UPDATE sale_order_line SET paper_quantity = 1 WHERE id = %s", line.id),
            ("UPDATE sale_order_line SET paper_spec_id = NULL WHERE id = %s", line.id),
            *((f"UPDATE sale_order SET {change} WHERE id = %s", contract.order_id.id) for change in HEADER),
        ]

    def test_in_force(self):
        """R4.1.3: the database itself refuses to alter clause, signature, specification, price or quantity in force."""
        contract = self.build_contract(state="in_force")
        for query, record in self.statements(contract):
            with self.subTest(query=query):
                self.assertFalse(self.attempt(query, record))

    def test_before_in_force(self):
        """R4.1.3: before it is in force, only the archived documents and given signatures are fixed."""
        contract = self.build_contract(state="sent")
        contract.with_user(self.manager).action_sign_company("Zhang Min", SIGNATURE)
        free = [query for query, record in self.statements(contract) if self.attempt(query, record)]
        self.assertEqual(len(free), 20 + len(HEADER) - 4)
        self.assertFalse([query for query in free if "_document" in query or "_signature" in query])

    def test_after_the_end(self):
        """R4.1.3: a contract that the management ended stays as it was signed; its order is free again."""
        contract = self.build_contract(state="in_force")
        contract.with_user(self.manager).action_terminate("Agreed by letter.")
        taken = [query for query, record in self.statements(contract) if self.attempt(query, record)]
        self.assertTrue(all("sale_order" in query for query in taken), taken)
        self.assertEqual(len(taken), 4 + len(HEADER))

    def test_what_may_go_on(self):
        """R4.1.3: what is no part of the contract goes on: delivery, invoices, messages, an upgrade of the addon."""
        contract = self.build_contract(state="in_force")
        line = contract.order_id.order_line
        for query, record in (
            ("UPDATE sale_order_line SET qty_delivered = 5, write_date = now() WHERE id = %s", line.id),
            ("UPDATE sale_order_line SET price_unit = price_unit WHERE id = %s", line.id),
            ("UPDATE paper_contract SET access_token = 'x', write_date = now() WHERE id = %s", contract.id),
            ("UPDATE paper_contract_clause SET template_id = NULL WHERE contract_id = %s", contract.id),
            ("UPDATE sale_order SET note = 'x', write_date = now() WHERE id = %s", contract.order_id.id),
            ("UPDATE paper_spec SET active = false WHERE id = %s", line.paper_spec_id.id),
        ):
            with self.subTest(query=query):
                self.assertTrue(self.attempt(query, record))
        guarded = ("paper.contract", "paper.contract.clause", "paper.contract.signature")
        for name in (*guarded, "sale.order", "sale.order.line", "paper.spec"):
            self.env[name].init()
        # By hand a note is a term (see test_order_in_force); the database leaves it to the system's steps.
        note = line._by_step().create({"order_id": contract.order_id.id, "display_type": "line_note", "name": "by rail"})
        self.assertTrue(self.attempt("UPDATE sale_order_line SET name = 'by lorry' WHERE id = %s", note.id))
        self.assertTrue(self.attempt("DELETE FROM sale_order_line WHERE id = %s", note.id))
