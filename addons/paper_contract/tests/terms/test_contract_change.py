from odoo.exceptions import UserError
from odoo.tests import tagged

from ...exceptions import ContractImmutableError, ContractOutdatedError, ContractSignedError
from ..common import SIGNATURE, ContractCommon


@tagged("post_install", "-at_install")
class TestContractChange(ContractCommon):
    def test_order_change_returns_to_draft(self):
        """R4.2.1: a change of the order takes a reviewed or sent contract back to draft; its links die."""
        for state in ("review", "reviewed", "sent"):
            changes = {
                "quantity": lambda order: order.order_line.write({"paper_quantity": 120}),
                "price": lambda order: order.order_line.write({"price_unit": 7}),
                "date": lambda order: order.write({"commitment_date": "2027-01-10"}),
                "spec": lambda order: order.order_line.paper_spec_id.write({"packing": "wooden case"}),
            }
            for name, change in changes.items():
                with self.subTest(state=state, change=name):
                    contract = self.build_contract(self.build_order(), state)
                    token = self.token(contract)
                    change(contract.order_id.with_user(self.sales))
                    self.assertEqual(contract.state, "draft")
                    self.assertFalse(contract._link_opens("sign", token))
                    self.assertFalse(contract.review_ids.filtered(lambda item: item.result == "open"))

    def test_same_value_is_no_change(self):
        """R4.2.1: writing what is there already leaves the contract where it is."""
        contract = self.build_contract(state="sent")
        contract.order_id.order_line.with_user(self.sales).write({"price_unit": 6.5, "paper_quantity": 100})
        self.assertEqual(contract.state, "sent")

    def test_change_after_one_signature(self):
        """R4.1.3: once one side has signed, the order cannot be changed; the contract has to be cancelled first."""
        contract = self.build_contract(state="sent")
        self.sign_customer(contract)
        order = contract.order_id.with_user(self.sales)
        with self.assertRaises(ContractSignedError), self.env.cr.savepoint():
            order.order_line.write({"price_unit": 7})
        with self.assertRaises(ContractSignedError):
            contract.with_user(self.sales).action_back_to_draft()
        contract.with_user(self.sales).action_cancel()
        order.order_line.write({"price_unit": 7})
        self.assertEqual(order.order_line.price_unit, 7)

    def test_change_past_the_orm(self):
        """R4.2.1: an order that was changed behind the contract's back cannot be signed."""
        contract = self.build_contract(state="sent")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order_line SET price_unit = 1 WHERE order_id = %s", [contract.order_id.id]
        )
        self.env.invalidate_all()
        self.assertTrue(contract._changed_terms())
        with self.assertRaises(ContractOutdatedError) as caught:
            contract.with_user(self.manager).action_sign_company("Zhang Min", SIGNATURE)
        self.assertIn("prices", str(caught.exception))

    def test_price_update_of_order_in_force(self):
        """R4.2.1: updating prices by the price list is refused for an order in force."""
        order = self.build_contract(state="in_force").order_id
        self.product.list_price = 9
        with self.assertRaises(UserError), self.env.cr.savepoint():
            order.with_user(self.manager).action_update_prices()
        order.invalidate_recordset()
        self.assertEqual(order.order_line.price_unit, 6.5)

    def test_settled_contract_is_immutable(self):
        """R4.1.3: nothing of a contract in force changes, for nobody, sudo included."""
        contract = self.build_contract(state="in_force")
        for env_contract in (contract.with_user(self.sales), contract.with_user(self.manager), contract.sudo()):
            clause, attachment = env_contract.clause_ids[0], env_contract.sudo().signed_attachment_id
            document = env_contract.sudo().document_ids[0]
            attempts = [
                lambda rec=env_contract: rec.write({"language": "en_US"}),
                lambda rec=env_contract: rec.write({"customer_signed_by": "X"}),
                lambda rec=env_contract: rec.write({"state": "draft"}),
                lambda rec=env_contract: rec.write({"state": "cancelled"}),
                lambda rec=env_contract: rec.write({"clause_ids": [(5,)]}),
                lambda rec=env_contract: rec.write({"terms": {}}),
                lambda rec=env_contract: rec.unlink(),
                lambda rec=clause: rec.write({"body": "x"}),
                lambda rec=clause: rec.write({"frozen_text": "x"}),
                lambda rec=clause: rec.unlink(),
                lambda rec=clause: rec.copy(),
                lambda rec=attachment: rec.write({"raw": b"x"}),
                lambda rec=attachment: rec.write({"res_id": 0}),
                lambda rec=attachment: rec.unlink(),
                lambda rec=document: rec.write({"sha256": "x"}),
                lambda rec=document: rec.unlink(),
            ]
            for number, attempt in enumerate(attempts):
                with self.subTest(user=env_contract.env.user.login, su=env_contract.env.su, attempt=number):
                    with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
                        attempt()
                    self.assertIn(
                        type(caught.exception).__name__,
                        ("ContractImmutableError", "ContractStateError", "AccessError"),
                    )

    def test_tampered_file(self):
        """R4.1.3: a file whose bytes were changed in the store is named by the check."""
        contract = self.build_contract(state="in_force")
        self.assertFalse(contract._integrity_errors())
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = NULL, db_datas = %s WHERE id = %s",
            [b"forged", contract.pdf_attachment_id.id],
        )
        self.env.invalidate_all()
        self.assertEqual(len(contract._integrity_errors()), 1)
        self.assertIn(contract.pdf_attachment_id.name, contract._integrity_errors()[0])
        self.assertEqual(contract.with_user(self.legal).action_check_integrity()["params"]["type"], "danger")

    def test_forged_pdf_is_not_signed(self):
        """R4.1.3: nobody signs a PDF whose bytes are not those that were sent."""
        contract = self.build_contract(state="sent")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = NULL, db_datas = %s WHERE id = %s",
            [b"forged", contract.pdf_attachment_id.id],
        )
        self.env.invalidate_all()
        with self.assertRaises(ContractImmutableError):
            contract.with_user(self.manager).action_sign_company("Zhang Min", SIGNATURE)

    def test_other_attachments_stay_as_well(self):
        """R4.1.3: what people attach to a contract is free while it is a draft, and stays once the customer has it."""
        contract = self.build_contract()
        values = {"name": "note.txt", "raw": b"a", "res_model": "paper.contract", "res_id": contract.id}
        note, kept = self.env["ir.attachment"].create([values, values])
        note.write({"raw": b"b"})
        note.unlink()
        contract.sudo()._by_step().write({"state": "sent"})
        for attempt in (kept.unlink, lambda: kept.write({"raw": b"b"})):
            with self.assertRaises(ContractImmutableError):
                attempt()
