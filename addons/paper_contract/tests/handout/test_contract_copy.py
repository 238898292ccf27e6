import importlib.util
import io
import unicodedata
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import file_path, mute_logger
from odoo.tools.pdf import PdfFileReader

from ...exceptions import ContractImmutableError, ContractRoleError, ContractStateError
from ..common import ContractBuilder, ContractCommon

# Amounts that are nothing else in these orders, and whatever is written of them.
PRICE = 7.77
SECRETS = ("7.77", "26710", "26,710", "26 710", "30716", "30,716", "4006", "4,006", "叁万", "88,888", "88888", "贰拾柒")


def pdf_text(raw):
    """Return the text of a PDF; without the printer, as in most tests, a print is the page itself."""
    if not raw.startswith(b"%PDF"):
        return raw.decode()
    pages = PdfFileReader(io.BytesIO(raw)).pages
    return unicodedata.normalize("NFKC", "\n".join(page.extract_text() for page in pages))


class CopyBuilder(ContractBuilder):
    @classmethod
    def build_departments(cls):
        cls.buyer = cls.build_user("paper_purchaser", "paper_base.group_purchasing")
        cls.carrier = cls.build_user("paper_carrier", "paper_base.group_logistics")
        cls.finance = cls.build_user("paper_finance", "paper_base.group_finance")

    @classmethod
    def build_priced(cls, state="in_force"):
        """Make a contract whose price is written everywhere, also by hand where no price belongs."""
        order = cls.build_order()
        order.order_line.price_unit = PRICE
        order.with_user(cls.sales).action_draft_contract()
        contract = order.contract_id.with_user(cls.sales)
        quality = contract.clause_ids.filtered(lambda clause: "quality" in clause.element_ids.mapped("code"))[:1]
        quality.holds_price = True
        quality.body += "\n质量异议按单价 7.77 元/kg 折算，最高 88,888 元（捌万捌仟捌佰捌拾捌元整）。"
        packing = contract.clause_ids.filtered(lambda clause: "packing" in clause.element_ids.mapped("code"))[:1]
        packing.body += f"\n货值 {order.amount_untaxed:.2f}，含税 {order.amount_total:,.2f}。"
        cls.fill_blanks(contract)
        contract.action_submit_review()
        contract.warning_ids.filtered(lambda item: item.state == "open").with_user(cls.legal).action_note()
        contract.sudo().current_review_id.with_user(cls.legal).action_accept()
        contract.action_send()
        if state == "in_force":
            cls.sign_both(contract.sudo())
        return contract.sudo()

    def copy_of(self, contract, department):
        group = self.env.ref(f"paper_base.group_{department}")
        return contract.copy_ids.filtered(lambda copy: copy.department_id == group)

    def assert_priceless(self, text, where):
        found = [secret for secret in SECRETS if secret in str(text)]
        self.assertFalse(found, f"{where}: {found}")


@tagged("post_install", "-at_install")
class TestContractCopy(CopyBuilder, ContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_departments()

    def test_each_department_gets_its_copy(self):
        """R4.1.3: production, purchasing and logistics each get a copy when the contract comes into force, as a to-do of
        everybody of the department, with a date; not before, and once."""
        contract = self.build_contract(state="sent")
        self.assertFalse(contract.copy_ids)
        self.sign_both(contract)
        departments = {"planning": self.planner, "purchasing": self.buyer, "logistics": self.carrier}
        self.assertEqual(len(contract.copy_ids), len(departments))
        for department, user in departments.items():
            copy = self.copy_of(contract, department)
            with self.subTest(department=department):
                self.assertEqual((copy.state, copy.deadline_state), ("unread", "running"))
                self.assertIn(user, copy.activity_ids.user_id)
                self.assertEqual(self.env["paper.contract.copy"].with_user(user).search([]), copy)
        contract._distribute()
        self.assertEqual(len(contract.copy_ids), 3)

    def test_department_confirms(self):
        """R4.1.3: the department confirms that it has read its copy; who and when is recorded, once, and its to-dos are done."""
        contract = self.build_contract(state="in_force")
        copy = self.copy_of(contract, "planning").with_user(self.planner)
        with freeze_time("2026-12-01 06:30:00"):
            copy.action_confirm_read()
        self.assertEqual((copy.state, copy.read_by_id), ("read", self.planner))
        self.assertEqual(copy.read_on.isoformat(), "2026-12-01T06:30:00")
        self.assertFalse(copy.sudo().activity_ids)
        self.assertEqual(copy.deadline_state, "done")
        with self.assertRaises(ContractStateError):
            copy.action_confirm_read()

    def test_nobody_else_confirms(self):
        """R4.1.3: another department, sales, the management confirm nothing, and nobody writes it."""
        contract = self.build_contract(state="in_force")
        copy = self.copy_of(contract, "planning")
        for user in (self.sales, self.manager, self.legal):
            with self.subTest(user=user.login), self.assertRaises(ContractRoleError):
                copy.with_user(user).action_confirm_read()
        for user in (self.buyer, self.carrier):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                copy.with_user(user).action_confirm_read()
        department = self.env.ref("paper_base.group_legal")
        for vals in ({"state": "read"}, {"read_by_id": self.planner.id}, {"department_id": department.id}):
            with self.subTest(vals=vals), self.assertRaises(ContractImmutableError):
                copy.with_user(self.planner).write(vals)
        with self.assertRaises(ContractImmutableError):
            copy.with_user(self.planner).create({"contract_id": contract.id})
        with self.assertRaises(ContractImmutableError):
            copy.sudo().unlink()

    def test_departments_are_reminded(self):
        """R4.1.3: who has not confirmed is reminded before the deadline, and the management is told after it."""
        self.company.paper_copy_read_days = 2
        with freeze_time("2026-12-07 02:00:00"):  # Monday
            contract = self.build_contract(state="in_force")
            copies = contract.copy_ids
            self.assertEqual(set(copies.mapped("deadline_date")), {date(2026, 12, 9)})
            self.copy_of(contract, "logistics").with_user(self.carrier).action_confirm_read()
        copy = self.copy_of(contract, "planning")
        with freeze_time("2026-12-08 02:00:00"):
            before = len(copy.activity_ids)
            copy._run_clocks(self.company)
            self.assertGreater(len(copy.activity_ids), before)
            self.assertFalse(self.copy_of(contract, "logistics").activity_ids)
        with freeze_time("2026-12-10 02:00:00"):
            self.assertEqual(copy.deadline_state, "late")
            copy._run_clocks(self.company)
            self.assertIn(self.manager, copy.activity_ids.user_id)

    def test_departments_are_configurable(self):
        """R4.1.3: the management says which departments get copies; finance, which sees prices, gets the signed contract."""
        rows = self.env["paper.contract.copy.department"].with_user(self.manager)
        rows.search([("department_id", "=", self.env.ref("paper_base.group_purchasing").id)]).active = False
        rows.create({"department_id": self.env.ref("paper_base.group_finance").id})
        contract = self.build_priced()
        self.assertFalse(self.copy_of(contract, "purchasing"))
        copy = self.copy_of(contract, "finance").with_user(self.finance)
        self.assertTrue(copy.with_prices)
        self.assertEqual(copy._get_document().raw, contract.signed_attachment_id.raw)
        with self.assertRaises(AccessError):
            rows.with_user(self.planner).create({"department_id": self.env.ref("paper_base.group_quality").id})

    def test_no_price_in_the_copy(self):
        """R4.1.3: neither the screen nor the PDF of a department without prices holds a price or an amount, although they
        were also typed by hand into clauses about quality and packing, which are left out and named; what production needs is
        there."""
        contract = self.build_priced()
        self.assertIn("7.77", pdf_text(contract.signed_attachment_id.raw))  # the test would notice them
        for department, user in (("planning", self.planner), ("purchasing", self.buyer), ("logistics", self.carrier)):
            copy = self.copy_of(contract, department).with_user(user)
            with self.subTest(department=department):
                self.assertFalse(copy.with_prices)
                values = copy.read(list(copy.fields_get()))[0]
                self.assert_priceless(values, "fields")
                self.assert_priceless(copy.message_ids.mapped("body"), "messages")
                self.assertIn("787", values["content"])
                shown, left_out = values["content"].split("未列出")
                for words in ("数量与溢短", "交货地点与方式", "验收与异议"):
                    self.assertIn(words, shown)
                for words in ("质量标准", "包装", "付款方式与结算"):
                    self.assertIn(words, left_out)
                self.assertNotIn("付款方式与结算</h6>", values["content"])
                raw = copy._get_document().with_user(user).raw
                self.assert_priceless(pdf_text(raw), "PDF")
                self.assertIn("787", pdf_text(raw))

    def test_technical_figures_stay_whole(self):
        """R4.1.3: a figure of the paper, of a standard, a street or a document stays as it was signed, also where it is the
        figure of the price or of an amount."""
        self.customer.street = "芙蓉北路 800 号"
        self.grade.write({"standard": "GB/T 24988", "standard_edition": "2020"})
        spec = self.build_spec(format="reel", length=0, width=787, reel_diameter_max=1000, core_diameter=76)
        for price in (1000, 800, 2020, 76):
            order = self.build_order()
            line = order.order_line
            line.write({"paper_spec_id": spec.id, "paper_quantity": 1, "paper_unit": "t", "price_unit": price})
            contract = self.build_contract(order, state="in_force")
            content = str(self.copy_of(contract, "planning").with_user(self.planner).content)
            with self.subTest(price=price):
                for figure in ("Ø1000", "GB/T 24988-2020", "芙蓉北路 800 号"):
                    self.assertIn(figure, content)
                self.assertNotIn("*", content)
                self.assertNotIn(f"{price:,.2f}", content)

    def test_a_sum_that_nobody_marked(self):
        """R4.1.2, R4.1.3: a sum of money in a clause that is not marked is put before legal; in words it is one, too. The clause
        is left out either way."""
        contract = self.build_contract(filled=False).with_user(self.sales)
        packing = contract.clause_ids.filtered(lambda clause: "packing" in clause.element_ids.mapped("code"))[:1]
        before = packing.body
        self.assertFalse(packing.left_out)
        for words in ("每吨五千二百元", "单价 7.77", "USD 500", "five hundred US dollars"):
            packing.body = f"{before}\n{words}"
            with self.subTest(words=words):
                found = contract.warning_ids.filtered(lambda item: item.code == "price_in_clause" and item.state == "open")
                self.assertIn(packing.name, found.message)
                self.assertTrue(packing.left_out)
        packing.holds_price = True
        self.assertEqual(contract.warning_ids.filtered(lambda item: item.code == "price_in_clause").state, "gone")
        self.assertTrue(packing.left_out)

    def test_no_clause_of_the_templates_is_left_out_by_mistake(self):
        """R4.1.3: the words of the common clauses name no price; those on price, payment and breach are left out."""
        for language in ("zh_CN", "en_US"):
            contract = self.build_contract()
            contract.with_user(self.sales).language = language
            contract.with_user(self.sales).action_refill()
            codes = {code for clause in contract.clause_ids if clause.left_out for code in clause.element_ids.mapped("code")}
            with self.subTest(language=language):
                self.assertEqual(codes, {"price", "payment", "breach"})
                self.assertFalse(contract._price_warnings())

    def test_copy_of_a_supplement(self):
        """R4.1.3: the copy of a supplement says what changes, without the price."""
        parent = self.build_contract(state="in_force")
        supplement = self.env["paper.contract"].browse(parent.with_user(self.sales).action_draft_supplement()["res_id"])
        supplement = supplement.with_user(self.sales)
        self.fill_blanks(supplement)
        supplement.change_ids.write({"new_quantity": 120, "new_price": PRICE})
        supplement.action_submit_review()
        supplement.current_review_id.with_user(self.legal).action_accept()
        supplement.action_send()
        self.sign_both(supplement.sudo())
        content = self.copy_of(supplement.sudo(), "planning").with_user(self.planner).content
        self.assertIn("120", content)
        self.assertIn("100", content)
        self.assert_priceless(content, "supplement")

    def test_no_price_by_rpc(self):
        """R4.1.3: a department without prices reads no contract, clause, terms, review or archived paper by any read of the
        server; what it may read of the addon holds no price."""
        contract = self.build_priced()
        env = self.env(user=self.planner)
        open_models = {"paper.contract.copy", "paper.contract.copy.department", "paper.contract.element"}
        open_models |= {"paper.contract.clause.template"}
        for name in sorted(env.registry):
            model = env[name]
            if not name.startswith("paper.contract") or model._abstract or model._transient:
                continue
            with self.subTest(model=name):
                if model.has_access("read"):
                    self.assertIn(name, open_models)
                    continue
                records = model.browse(model.sudo().search([], limit=1).ids)
                reads = [
                    lambda model=model: model.search_read([], []),
                    lambda model=model: model.web_search_read([], {"id": {}}),
                    lambda model=model: model.formatted_read_group([], [], ["__count"]),
                ]
                if records:
                    reads.append(lambda records=records: records.read([]))
                for read in reads:
                    with self.assertRaises(AccessError):
                        read()
        order = contract.order_id.with_user(self.planner)
        for field in ("contract_id", "contract_ids", "contract_count"):
            with self.subTest(field=field), self.assertRaises(AccessError):
                order.read([field])
        with self.assertRaises(AccessError):
            self.copy_of(contract, "planning").with_user(self.planner).read(["contract_id"])
        with self.assertRaises(AccessError):
            contract.with_user(self.planner).message_ids.read(["body"])

    def test_no_price_by_attachment(self):
        """R4.1.3: no attachment of a contract, of its papers or copies that such a department can read holds a price."""
        contract = self.build_priced()
        self.copy_of(contract, "planning").with_user(self.planner)._get_document()
        attachments = self.env["ir.attachment"].with_user(self.planner)
        readable = attachments.search([("res_model", "=like", "paper.contract%")])
        self.assertTrue(readable)
        for attachment in readable:
            self.assert_priceless(pdf_text(attachment.raw), attachment.name)
        for attachment in contract.document_ids.attachment_id:
            with self.subTest(file=attachment.name), self.assertRaises(AccessError):
                attachment.with_user(self.planner).read(["raw"])

    def test_the_end_is_told(self):
        """R4.1.3: when a contract in force ends, its copies say so, and every department is told to stop."""
        contract = self.build_contract(state="in_force")
        self.copy_of(contract, "planning").with_user(self.planner).action_confirm_read()
        contract.with_user(self.manager).action_terminate("Agreed by letter.")
        self.assertEqual(set(contract.copy_ids.mapped("state")), {"ended"})
        for copy in contract.copy_ids:
            self.assertEqual(len(copy.activity_ids.filtered(lambda item: "ended" in item.summary or "终止" in item.summary)),
                             len(copy._clock_users()))
        with self.assertRaises(ContractStateError):
            self.copy_of(contract, "planning").with_user(self.planner).action_confirm_read()

    def test_upgrade_of_copies_that_were_activities(self):
        """R4.1.3: contracts in force before copies were records get theirs on upgrade: read by whom the to-do was done,
        to be read where it is open; the old to-dos on the contract go."""
        contract = self.build_contract(state="in_force")
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM mail_activity WHERE res_model = 'paper.contract.copy'")
        self.env.cr.execute("DELETE FROM paper_contract_copy WHERE contract_id = %s", [contract.id])
        self.env.invalidate_all()
        activities = contract.with_context(mail_activity_quick_update=True)
        for user in (self.planner, self.buyer):
            activities.activity_schedule("mail.mail_activity_data_todo", user_id=user.id, automated=True, summary="Copy")
        done = contract.activity_ids.filtered(lambda item: item.user_id == self.planner)
        with freeze_time("2026-10-02 03:00:00"):
            done.with_user(self.planner).sudo().action_feedback()
            self.env.flush_all()
        script = file_path("paper_contract/migrations/19.0.1.0.1/post-contract-copies.py")
        spec = importlib.util.spec_from_file_location("post_contract_copies", script)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for _time in range(2):  # an upgrade that is repeated changes nothing
            module.migrate(self.env.cr, "19.0.1.0.0")
            self.env.invalidate_all()
            read, unread = self.copy_of(contract, "planning"), self.copy_of(contract, "purchasing")
            self.assertEqual((read.state, read.read_by_id), ("read", self.planner))
            self.assertEqual(read.read_on.date(), date(2026, 10, 2))
            self.assertEqual((unread.state, unread.activity_ids.user_id), ("unread", unread._clock_users()))
            self.assertEqual(len(contract.copy_ids), 3)
            self.assertFalse(contract.activity_ids)

    def test_second_company(self):
        """R4.1.3: a department of another company sees and confirms no copy of this one."""
        other = self.env["res.company"].create({"name": "Second Mill"})
        stranger = self.build_user(
            "paper_planner_b", "paper_base.group_planning", company_id=other.id, company_ids=[Command.set(other.ids)]
        )
        copy = self.copy_of(self.build_contract(state="in_force"), "planning")
        self.assertNotIn(stranger, copy._clock_users())
        self.assertFalse(self.env["paper.contract.copy"].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            copy.with_user(stranger).action_confirm_read()

    def test_found_by_contract(self):
        """R4.1.3: the department finds its copies by contract, order and customer."""
        contract = self.build_contract(state="in_force")
        copies = self.env["paper.contract.copy"].with_user(self.planner)
        own = self.copy_of(contract, "planning")
        for domain in (
            [("name", "=", contract.name)],
            [("order_id", "=", contract.order_id.id)],
            [("order_id", "ilike", contract.order_id.name)],
            [("partner_id", "child_of", self.customer.id)],
        ):
            with self.subTest(domain=domain):
                self.assertEqual(copies.search(domain), own)
        self.assertFalse(copies.search([("name", "=", "none")]))


@tagged("post_install", "-at_install")
class TestContractCopyHttp(CopyBuilder, HttpCase):
    def setUp(self):
        super().setUp()
        # Refused requests are what is tested here; the server's notes of them are none of the log's business.
        self.enterContext(mute_logger("odoo.http"))

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_mill()
        cls.build_departments()

    def test_no_price_over_http(self):
        """R4.1.3: a department without prices gets its own PDF, and neither the contract's file nor its print."""
        self.env["ir.config_parameter"].set_param("report.url", self.base_url())
        contract = self.build_priced()
        copy = self.copy_of(contract, "planning")
        self.authenticate(self.planner.login, self.planner.login)
        action = copy.with_user(self.planner).with_context(force_report_rendering=True).action_open_pdf()
        own = self.url_open(action["url"])
        self.assertTrue(own.content.startswith(b"%PDF"))
        self.assert_priceless(pdf_text(own.content), "own PDF")
        for words in ("合同副本", "不含价格", "787×1092 mm", "质量标准"):
            self.assertIn(words, pdf_text(own.content).replace("\u2eda", "页"))
        foreign = self.copy_of(contract, "logistics")
        foreign.with_user(self.carrier).action_open_pdf()
        for url in (
            f"/web/content/{contract.signed_attachment_id.id}",
            f"/web/content/{foreign.sudo().document_id.id}",
            f"/web/content/paper.contract.document/{contract.signed_id.id}/file",
            f"/web/image/paper.contract/{contract.id}/customer_signature",
            f"/report/pdf/paper_contract.report_contract/{contract.id}",
            f"/report/html/paper_contract.report_contract/{contract.id}",
            f"/report/html/paper_contract.report_contract_copy/{foreign.id}",
            f"/my/contracts/{contract.id}",
            f"/my/contracts/{contract.id}/pdf",
        ):
            with self.subTest(url=url):
                answer = self.url_open(url)
                self.assertFalse(answer.content.startswith(b"%PDF"), url)
                self.assert_priceless(answer.text, url)
