from odoo.addons.paper_base.exceptions import MergeError, RecordUsedError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ...exceptions import ContractImmutableError
from ..common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractEvidence(ContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls.build_contract(state="in_force")
        cls.admin = cls.env.ref("base.user_admin")

    def test_a_signature_stays(self):
        """R4.1.3: the picture of a signature is neither deleted nor replaced, by its file or by its field."""
        files = self.env["ir.attachment"].search(
            [("res_model", "=", "paper.contract"), ("res_id", "=", self.contract.id), ("res_field", "=", "customer_signature")]
        )
        self.assertTrue(files)
        for user in self.sales | self.manager | self.admin:
            for own in (files.with_user(user), files.with_user(user).sudo()):
                for attempt in (
                    own.unlink,
                    lambda own=own: own.write({"datas": b"ZmFrZQ=="}),
                    lambda own=own: own.write({"res_id": 0}),
                ):
                    with self.assertRaises(Exception) as refused, self.env.cr.savepoint():
                        attempt()
                    self.assertIn(type(refused.exception).__name__, ("ContractImmutableError", "EvidenceError", "AccessError"))

    def test_the_archived_file_is_not_published(self):
        """R4.1.3: nobody gives out an address under which everybody reads an archived contract."""
        file = self.contract.issued_id.attachment_id
        for user in self.sales | self.manager:
            with self.assertRaises(ContractImmutableError):
                file.with_user(user).generate_access_token()

    def test_merged_the_other_way_round(self):
        """R4.1.3: the customer of a contract in force stays when doubles are merged, chosen by hand or by the search."""
        customer = self.contract.partner_id
        double = self.env["res.partner"].create({"name": "Double", "is_company": True, "email": customer.email})
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.admin)
        with self.assertRaisesRegex(MergeError, self.contract.name) as refused:
            wizard._merge((customer | double).ids, double)
        self.assertEqual(refused.exception.items[0]["action"]["res_model"], "paper.contract")
        order = self.env["sale.order"].create({"partner_id": double.id})
        wizard._merge((customer | double).ids)
        self.assertEqual((self.contract.partner_id, order.partner_id), (customer, customer))

    def test_who_is_named_in_it_is_archived(self):
        """R4.1.3: neither the customer of a contract nor who drafted or signed it is deleted; the sentence names the contract."""
        for person in (self.contract.partner_id, self.contract.drafter_id, self.contract.company_signed_user_id):
            with self.assertRaisesRegex(RecordUsedError, f"{self.contract.name}.*Archive it instead"):
                person.unlink()

    def test_what_the_database_says(self):
        """R4.1.3: what the database refuses to alter reaches people in words, and says the way."""
        with self.assertRaises(IntegrityError) as refused, mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE paper_contract SET partner_id = 1 WHERE id = %s", [self.contract.id])
        words = self.env["base"]._sql_error_to_message(refused.exception)
        self.assertIn("supplement", words)
        self.assertNotIn("paper_contract", words)
        with self.assertRaises(IntegrityError) as refused, mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute("DELETE FROM res_partner WHERE id = %s", [self.contract.partner_id.id])
        table = refused.exception.diag.table_name
        model = next(name for name, cls in self.env.registry.items() if cls._table == table)
        self.assertIn("It is used and stays", self.env[model]._sql_error_to_message(refused.exception))
