from odoo import Command
from odoo.addons.paper_contract.exceptions import ContractImmutableError
from odoo.addons.paper_contract.tests.common import ContractBuilder, ContractCommon
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import SQL, mute_logger

from ..hooks import post_init_hook


@tagged("post_install", "-at_install")
class TestContractRegister(ContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.register = cls.env["paper.contract.register"]
        cls.build_user("paper_buyer_d", "paper_base.group_purchasing")

    def entries(self, contract=None):
        domain = [("contract_id", "=", contract.id)] if contract else []
        return self.register.search([("company_id", "=", self.company.id), *domain], order="position")

    @mute_logger("odoo.addons.paper_contract_register.models.verification.paper_contract_check")
    def findings(self):
        return self.env["paper.contract.check"]._run(self.company).finding_ids

    def alter(self, table, assignment, *values, where="TRUE", key=None):
        """Change the database behind the program's back, as somebody with its password could."""
        self.env.flush_all()
        name = SQL.identifier(table)
        self.env.cr.execute(SQL("ALTER TABLE %s DISABLE TRIGGER USER", name))
        self.env.cr.execute(f"UPDATE {table} SET {assignment} WHERE id = %s", [*values, key])
        self.assertEqual(self.env.cr.rowcount, 1)
        self.env.cr.execute(SQL("ALTER TABLE %s ENABLE TRIGGER USER", name))
        self.env.invalidate_all()

    # Keeping it

    def test_every_paper_and_contract_is_entered(self):
        """R4.1.3: each paper, the contract in force and its end are entries of the register, numbered without gaps, each
        holding the hash of the one before; the entry of the contract names number, papers, reviews, signatures."""
        first = self.build_contract(state="in_force")
        second = self.build_contract(state="sent")
        first.with_user(self.manager).action_terminate("Agreed by letter.")
        entries = self.entries()
        self.assertEqual(entries.mapped("position"), list(range(1, len(entries) + 1)))
        for before, after in zip(entries, entries[1:], strict=False):
            self.assertEqual(after.previous_hash, before.entry_hash)
        self.assertEqual(self.entries(first).mapped("kind"), ["document", "document", "in_force", "ended"])
        self.assertEqual(self.entries(second).mapped("kind"), ["document"])
        entry = first.register_id
        self.assertEqual((entry.number, entry.partner_id, entry.kind), (first.name, self.customer, "in_force"))
        self.assertEqual(entry.document_ids, first.document_ids)
        self.assertEqual(entry.review_ids, first.review_ids)
        self.assertEqual((entry.customer_signed_by, entry.company_signed_by), ("Wang Wei", "Zhang Min"))
        self.assertFalse(self.findings())

    def test_retention(self):
        """R4.1.3: a contract is kept for the company's years from the day it comes into force; blank is without an end."""
        self.assertFalse(self.build_contract(state="in_force").register_id.retention_until)
        self.company.paper_contract_retention_years = 10
        with freeze_time("2026-12-01 03:00:00"):
            entry = self.build_contract(state="in_force").register_id
        self.assertEqual(entry.retention_until.isoformat(), "2036-12-01")
        over = self.register.search([("retention_until", "<", "2037-01-01")])
        self.assertEqual(over, entry)

    def test_what_may_be_written(self):
        """R4.1.3: place of the original, retention and a remark may be written by who reads contracts; nothing else by
        anybody, and no entry is made or removed by hand."""
        entry = self.build_contract(state="in_force").register_id
        entry.with_user(self.legal).write({"original_place": "Cabinet 3", "retention_until": "2040-01-01"})
        self.assertFalse(self.findings())
        for vals in ({"position": 9}, {"content": {}}, {"number": "X"}, {"text": "X"}, {"entry_hash": "0"}):
            with self.subTest(vals=vals), self.assertRaises(ContractImmutableError):
                entry.sudo().write(vals)
        with self.assertRaises(ContractImmutableError):
            entry.sudo().unlink()
        with self.assertRaises(AccessError):
            entry.with_user(self.planner).read(["number"])
        with self.assertRaises(AccessError):
            entry.with_user(self.planner).write({"original_place": "X"})

    def test_companies_have_registers_of_their_own(self):
        """R4.1.3: each company numbers its own register, and none sees another's."""
        other = self.env["res.company"].create({"name": "Second Mill", "street": "2 Mill Road", "city": "Qingdao"})
        values = {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        stranger = self.build_user("paper_legal_b", "paper_base.group_legal", **values)
        entry = self.build_contract(state="in_force").register_id
        self.assertNotIn(entry, self.register.with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            entry.with_user(stranger).read(["number"])
        self.assertEqual(other._register_sequence()._next_in_turn(), "1")
        self.assertFalse(self.register._verify(other)["entry_count"])

    # Tampering

    def test_one_byte_of_a_file(self):
        """R4.1.3: one byte of an archived PDF that differs, in the file store or in the database, is found, with contract,
        record and file named; so is a file that is gone."""
        contract = self.build_contract(state="in_force")
        for document in contract.document_ids:
            attachment = document.attachment_id
            raw = bytearray(attachment.raw)
            raw[len(raw) // 2] ^= 1
            place = self.env["ir.attachment"].sudo().create({"name": "x", "raw": bytes(raw)})
            with self.subTest(kind=document.kind, store="file store"), self.env.cr.savepoint() as savepoint:
                self.alter("ir_attachment", "store_fname = %s", place.store_fname, key=attachment.id)
                finding = self.findings()
                self.assertEqual((finding.kind, finding.contract_id, finding.res_id), ("file", contract, document.id))
                self.assertEqual((finding.field_name, finding.res_model), (document.name, document._name))
                self.assertIn(contract.name, finding.message)
                self.assertIn(document.name, finding.message)
                savepoint.rollback()
            with self.subTest(kind=document.kind, store="database"), self.env.cr.savepoint() as savepoint:
                self.alter("ir_attachment", "store_fname = NULL, db_datas = %s", bytes(raw), key=attachment.id)
                self.assertEqual(self.findings().mapped("kind"), ["file"])
                savepoint.rollback()
            with self.subTest(kind=document.kind, store="gone"), self.env.cr.savepoint() as savepoint:
                self.alter("ir_attachment", "store_fname = 'no/such/file'", key=attachment.id)
                self.assertEqual(self.findings().mapped("kind"), ["file"])
                savepoint.rollback()
            self.env.invalidate_all()
        self.assertFalse(self.findings())

    def test_a_form_shows_them_unchanged(self):
        """R4.1.3: in a form, which asks for the sizes of files and not for their bytes, papers as recorded are shown as such, and
        a check that is started there finds nothing."""
        contract = self.build_contract(state="in_force").with_context(bin_size=True).with_user(self.legal)
        shown = contract.web_read({"document_ids": {"fields": {"intact": {}, "file": {}}}})[0]["document_ids"]
        self.assertEqual([paper["intact"] for paper in shown], [True, True])
        self.assertFalse(self.env["paper.contract.check"].with_context(bin_size=True)._run(self.company).finding_ids)

    def test_a_file_and_its_hash(self):
        """R4.1.3: who alters a file together with the hash that stands beside it is found out by the register."""
        contract = self.build_contract(state="in_force")
        document = contract.signed_id
        forged = self.env["ir.attachment"].sudo().create({"name": "x", "raw": b"%PDF-1.4 forged"})
        self.alter("ir_attachment", "store_fname = %s, checksum = %s", forged.store_fname, forged.checksum,
                   key=document.attachment_id.id)
        self.alter("paper_contract_document", "sha256 = encode(sha256(%s::bytea), 'hex')", b"%PDF-1.4 forged", key=document.id)
        self.assertTrue(document.intact)
        found = self.findings()
        self.assertIn("file", found.mapped("kind"))
        self.assertIn("sha256", found.mapped("field_name"))

    def test_one_field(self):
        """R4.1.3: any field of a contract in force, its clauses and reviews that is altered in the database is named."""
        contract = self.build_contract(state="in_force")
        clause, review = contract.clause_ids[2], contract.review_ids[0]
        cases = (
            ("paper_contract", "customer_signed_by = 'Somebody'", contract, "customer_signed_by"),
            ("paper_contract", "company_signed_on = '2020-01-01'", contract, "company_signed_on"),
            ("paper_contract", "customer_signed_ip = '203.0.113.9'", contract, "customer_signed_ip"),
            ("paper_contract", "version = 7", contract, "version"),
            ("paper_contract", "in_force_on = '2020-01-01'", contract, "in_force_on"),
            ("paper_contract", "terms = jsonb_set(terms, '{lines,0,price}', '1.0')", contract, "terms"),
            ("paper_contract_clause", "frozen_text = frozen_text || '。'", clause, "frozen_text"),
            ("paper_contract_clause", "sequence = 999", clause, "sequence"),
            ("paper_contract_review", "opinion = 'None'", review, "opinion"),
            ("paper_contract_review", f"reviewer_id = {self.sales.id}", review, "reviewer_id"),
        )
        for table, assignment, record, field in cases:
            with self.subTest(table=table, field=field), self.env.cr.savepoint() as savepoint:
                self.alter(table, assignment, key=record.id)
                named = {(item.res_model, item.res_id, item.field_name) for item in self.findings()}
                self.assertIn((record._name, record.id, field), named)
                savepoint.rollback()
            self.env.invalidate_all()
        self.assertFalse(self.findings())

    def test_a_change_of_a_supplement(self):
        """R4.1.3: what a supplement in force changed, altered in the database, is named."""
        contract = self.build_contract(state="in_force")
        action = contract.with_user(self.sales).action_draft_supplement()
        supplement = self.env["paper.contract"].browse(action["res_id"]).with_user(self.sales)
        self.fill_blanks(supplement)
        supplement.change_ids.new_quantity = 120
        supplement.action_submit_review()
        supplement.current_review_id.with_user(self.legal).action_accept()
        supplement.action_send()
        self.sign_both(supplement.sudo())
        self.assertFalse(self.findings())
        self.alter("paper_contract_change", "old_quantity = 1", key=supplement.change_ids.id)
        named = {(item.res_model, item.res_id, item.field_name) for item in self.findings()}
        self.assertIn(("paper.contract.change", supplement.change_ids.id, "old_quantity"), named)

    def test_a_clause_taken_out(self):
        """R4.1.3: a clause that is taken out of a contract in force, or slipped in, is found."""
        contract = self.build_contract(state="in_force")
        clause = contract.clause_ids[3]
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE paper_contract_clause DISABLE TRIGGER USER")
        self.env.cr.execute(
            """INSERT INTO paper_contract_clause (contract_id, company_id, sequence, name, body, frozen_text)
               SELECT contract_id, company_id, 999, 'New', 'New', 'New' FROM paper_contract_clause WHERE id = %s""",
            [clause.id],
        )
        self.env.cr.execute("DELETE FROM paper_contract_clause WHERE id = %s", [clause.id])
        self.env.cr.execute("ALTER TABLE paper_contract_clause ENABLE TRIGGER USER")
        self.env.invalidate_all()
        kinds = self.findings().mapped("kind")
        self.assertIn("missing", kinds)
        self.assertIn("added", kinds)

    def test_the_order_behind_the_contract(self):
        """R4.1.3, R4.2.1: a price or quantity of the order that is altered in the database is found, with its name."""
        contract = self.build_contract(state="in_force")
        line = contract.order_id.order_line
        for assignment, name in (("price_unit = 1", "price"), ("paper_quantity = 1", "quantity"), ("discount = 50", "discount")):
            with self.subTest(name=name), self.env.cr.savepoint() as savepoint:
                self.alter("sale_order_line", assignment, key=line.id)
                found = self.findings().filtered(lambda item: item.kind == "order")
                self.assertIn(f"lines.{line.id}.{name}", found.mapped("field_name"))
                savepoint.rollback()
            self.env.invalidate_all()
        usd = self.env.ref("base.USD").id if contract.currency_id.name != "USD" else self.env.ref("base.EUR").id
        twin = self.customer.copy({"parent_id": self.customer.id, "type": "delivery"})
        for assignment, name in (
            ("payment_term_id = NULL", "payment_term"),
            (f"currency_id = {usd}", "currency"),
            ("client_order_ref = 'X'", "customer_order"),
            ("commitment_date = commitment_date + interval '1 day'", "commitment_date"),
            ("partner_invoice_id = 1", "invoice"),
            (f"partner_shipping_id = {twin.id}", "shipping"),
        ):
            with self.subTest(name=name), self.env.cr.savepoint() as savepoint:
                self.alter("sale_order", assignment, key=contract.order_id.id)
                self.assertIn(name, self.findings().filtered(lambda item: item.kind == "order").mapped("field_name"))
                savepoint.rollback()
            self.env.invalidate_all()

    def test_entries_altered_or_taken_out(self):
        """R4.1.3: an entry that is altered, even with a new hash of its own, taken from the middle, from the beginning or from
        the end of the register is noticed."""
        contracts = [self.build_contract(state="in_force") for _number in range(2)]
        entries = self.entries()
        cases = {
            "content": ("UPDATE paper_contract_register SET content = '{}' WHERE id = %s", entries[1]),
            "customer": ("UPDATE paper_contract_register SET customer = 'X' WHERE id = %s", entries[2]),
            "rehashed": (
                """UPDATE paper_contract_register SET content = '{}', content_sha256 = encode(sha256('{}'), 'hex'),
                   entry_hash = encode(sha256('new'), 'hex') WHERE id = %s""",
                entries[1],
            ),
            "middle": ("DELETE FROM paper_contract_register WHERE id = %s", entries[2]),
            "first": ("DELETE FROM paper_contract_register WHERE id = %s", entries[0]),
            "last": ("DELETE FROM paper_contract_register WHERE id = %s", entries[-1]),
        }
        self.assertEqual(entries[-1].contract_id, contracts[-1])
        for name, (query, entry) in cases.items():
            with self.subTest(case=name), self.env.cr.savepoint() as savepoint:
                self.env.flush_all()
                self.env.cr.execute("ALTER TABLE paper_contract_register DISABLE TRIGGER USER")
                self.env.cr.execute(query, [entry.id])
                self.env.cr.execute("ALTER TABLE paper_contract_register ENABLE TRIGGER USER")
                self.env.invalidate_all()
                kinds = set(self.findings().mapped("kind"))
                self.assertTrue(kinds & {"entry", "chain"}, kinds)
                savepoint.rollback()
            self.env.invalidate_all()
        self.assertFalse(self.findings())

    def test_findings_are_told(self):
        """R4.1.3: the nightly check keeps what it found and puts it before legal and management; who reads contracts starts one
        himself, other departments do not."""
        contract = self.build_contract(state="in_force")
        self.alter("paper_contract", "customer_signed_by = 'Somebody'", key=contract.id)
        with mute_logger("odoo.addons.paper_contract_register.models.verification.paper_contract_check"):
            self.env["paper.contract.check"]._cron_check()
        check = self.env["paper.contract.check"].search([("company_id", "=", self.company.id)], limit=1)
        self.assertEqual(check.finding_count, 1)
        self.assertLessEqual(self.legal | self.manager, check.activity_ids.user_id)
        with mute_logger("odoo.addons.paper_contract_register.models.verification.paper_contract_check"):
            action = contract.register_id.with_user(self.legal).action_verify()
        shown = self.env[action["res_model"]].with_user(self.legal).browse(action["res_id"])
        self.assertEqual((shown.user_id, shown.finding_count), (self.legal, 1))
        self.assertEqual(shown.finding_ids.field_name, "customer_signed_by")
        with self.assertRaises(AccessError):
            self.env["paper.contract.check"].with_user(self.planner).action_check_now()

    def test_upgrade(self):
        """R4.1.3: contracts in force, and papers archived, before there was a register are entered with it, once."""
        contract = self.build_contract(state="in_force")
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE paper_contract_register DISABLE TRIGGER USER")
        self.env.cr.execute("DELETE FROM paper_contract_register")
        self.env.cr.execute("ALTER TABLE paper_contract_register ENABLE TRIGGER USER")
        self.env["ir.sequence"].search([("code", "=", "paper.contract.register")]).number_next = 1
        self.env.invalidate_all()
        for _time in range(2):
            post_init_hook(self.env)
            self.assertEqual(self.entries(contract).mapped("kind"), ["document", "document", "in_force"])
        self.assertFalse(self.findings())


@tagged("post_install", "-at_install")
class TestContractFullText(ContractCommon):
    def search(self, words, user=None):
        entries = self.env["paper.contract.register"].with_user(user or self.legal)
        return entries.search([("full_text", "ilike", words)])

    def test_words(self):
        """R4.1.3: contracts are found by any words of their text: Chinese of one, two or more characters, English in any case,
        numbers, customer; words that are not there find nothing, and marks of a pattern are plain characters."""
        entry = self.build_contract(state="in_force").register_id
        there = ("胶版", "胶版印刷纸", "质", "787×1092", "违约责任", "printing house", "PRINTING", "GB/T 30130", "胶版 违约")
        for words in there:
            with self.subTest(words=words):
                self.assertEqual(self.search(words), entry)
        for words in ("铜版", "胶版 铜版", "100%x", "_________________________x", "版胶"):
            with self.subTest(words=words):
                self.assertFalse(self.search(words))
        with self.assertRaises(AccessError):
            self.search("胶版", self.planner)

    def test_index_is_used(self):
        """R4.1.3: among 10,000 contracts a Chinese word of two characters is found through the index."""
        contract = self.build_contract(state="in_force")
        self.env.flush_all()
        self.env.cr.execute(
            """INSERT INTO paper_contract_register (company_id, position, kind, contract_id, number, customer, registered_on,
                                                    content, content_sha256, entry_hash, text)
               SELECT %s, 1000 + n, 'ended', %s, 'HT' || n, 'X', now(), '{}', '', '',
                      '合同编号' || n || '，供方向需方出售双胶纸，质量标准，交货地点'
                      || chr(19968 + n %% 5000) || chr(20500 + n %% 977)
                 FROM generate_series(1, 10000) AS n""",
            [self.company.id, contract.id],
        )
        self.env.cr.execute("ANALYZE paper_contract_register")
        word = chr(19968 + 4321) + chr(20500 + 4321 % 977)
        register = self.env["paper.contract.register"]
        query = register.sudo()._search([("full_text", "ilike", word)])
        self.assertTrue(register.sudo().search([("full_text", "ilike", word)]))
        self.env.cr.execute(SQL("EXPLAIN %s", query.select()))
        plan = "\n".join(row[0] for row in self.env.cr.fetchall())
        self.assertIn("paper_contract_register_bigrams_idx", plan)


@tagged("post_install", "-at_install")
class TestRegisterCase(ContractBuilder, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_mill()

    def test_exported_from_its_entry(self):
        """R4.1.3: who reads contracts exports the case from the register, and another department does not get the file."""
        entry = self.build_contract(state="in_force").register_id
        action = entry.with_user(self.legal).with_context(force_report_rendering=True).action_export_case()
        self.authenticate(self.legal.login, self.legal.login)
        self.assertTrue(self.url_open(action["url"]).content.startswith(b"%PDF"))
        for login in (self.planner.login, None):
            self.authenticate(login, login)
            with self.subTest(login=login):
                self.assertFalse(self.url_open(action["url"]).content.startswith(b"%PDF"))
