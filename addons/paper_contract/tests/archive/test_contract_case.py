import io
import unicodedata
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools.pdf import PdfFileReader

from ..common import ContractBuilder

# What a PDF's text may hold in the place of a character that looks the same, by the font that drew it.
RADICALS = {0x2EDA: "页", 0x2ED4: "门", 0x2EC5: "见", 0x2ECB: "车", 0x2ED3: "长", 0x2EE2: "马", 0x2EDB: "风", 0x2EDC: "飞"}


@tagged("post_install", "-at_install")
class TestContractCase(ContractBuilder, HttpCase):
    # A HttpCase, because the printer runs beside the server.
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_mill()
        cls.env["ir.config_parameter"].set_param("report.url", cls.base_url())

    def plain(self, text):
        return "".join(unicodedata.normalize("NFKC", text).translate(RADICALS).split())

    def test_case_as_one_pdf(self):
        """R4.1.3: the case of a contract is one PDF: contents whose page numbers are right, every archived paper, versions,
        reviews, signatures, copies, archived papers; each page numbered, in Chinese, the originals attached unaltered."""
        order = self.build_order()
        order.with_user(self.sales).action_draft_contract()
        contract = order.contract_id.with_context(force_report_rendering=True)
        self.fill_blanks(contract)
        contract.with_user(self.sales).action_submit_review()
        contract.sudo().current_review_id.with_user(self.legal).action_return("交货时间不明确")
        contract.clause_ids[5].with_user(self.sales).body += "\n分批交货须经需方同意。"
        contract.with_user(self.sales).action_submit_review()
        contract.sudo().current_review_id.with_user(self.legal).action_accept()
        contract.with_user(self.sales).action_send()
        self.sign_both(contract)
        case = self.registry["paper.contract"]
        section = case._case_section

        def keep_rows(records, name, values):
            if name == "contents":
                self.rows = values["rows"]
            return section(records, name, values)

        with patch.object(case, "_case_section", keep_rows):
            raw = contract.with_user(self.legal).with_context(lang="zh_CN")._case_pdf()
        reader = PdfFileReader(io.BytesIO(raw))
        pages = [self.plain(page.extract_text()) for page in reader.pages]
        for number, page in enumerate(pages, 1):
            self.assertIn(f"{contract.name}{number}/{len(pages)}", page)
        titles = [item.title for item in reader.outline]
        names = reader.trailer["/Root"]["/Names"]["/EmbeddedFiles"]["/Names"]
        attached = {names[i]: names[i + 1].get_object()["/EF"]["/F"].get_data() for i in range(0, len(names), 2)}
        for document in contract.document_ids:
            self.assertIn(document.name, titles)
            self.assertEqual(attached[document.name], document.attachment_id.raw)
        self.assertEqual(len(titles), 1 + len(contract.document_ids) + 5)
        for row in self.rows:
            with self.subTest(part=row["title"]):
                self.assertIn(self.plain(f"{row['title']} {row['count']} {row['page']}"), pages[0])
        first_words = ["WangWei", "纸品买卖合同", "分批交货须经需方同意", "交货时间不明确", "192.0.2.7"]
        first_words += ["", contract.issued_id.sha256]
        for row, words in zip(self.rows, first_words, strict=True):
            part = pages[row["page"] - 1 : row["page"] - 1 + row["count"]]
            self.assertIn(words, "".join(part), row["title"])
        text = "".join(pages)
        for words in ("纸品买卖合同", "交货时间不明确", "分批交货须经需方同意", "WangWei", contract.issued_id.sha256, "HT"):
            self.assertIn(self.plain(words), text)

    def test_a_paper_that_is_damaged(self):
        """R4.1.3: a damaged paper is said to be so, and hides nothing of the rest."""
        contract = self.build_contract(state="in_force")  # without the printer the papers are no PDF
        raw = contract.with_context(force_report_rendering=True)._case_pdf()
        text = "".join(page.extract_text() for page in PdfFileReader(io.BytesIO(raw)).pages)
        self.assertIn("no readable PDF", text)
        self.assertIn("Wang Wei", text)

    def test_who_exports(self):
        """R4.1.3: who reads contracts exports the case, and a department without prices neither exports it nor gets the file."""
        contract = self.build_contract(state="in_force").with_context(force_report_rendering=True)
        action = contract.with_user(self.legal).action_export_case()
        self.authenticate(self.legal.login, self.legal.login)
        self.assertTrue(self.url_open(action["url"]).content.startswith(b"%PDF"))
        for login in (self.planner.login, None):
            self.authenticate(login, login)
            with self.subTest(login=login):
                self.assertFalse(self.url_open(action["url"]).content.startswith(b"%PDF"))
        with self.assertRaises(AccessError):
            contract.with_user(self.planner).action_export_case()
