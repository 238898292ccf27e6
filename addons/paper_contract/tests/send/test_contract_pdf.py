import io
import unicodedata

from odoo.tests import HttpCase, tagged
from odoo.tools.pdf import PdfFileReader

from ..common import ContractBuilder


@tagged("post_install", "-at_install")
class TestContractPdf(ContractBuilder, HttpCase):
    # A HttpCase, because the printer fetches its style sheets from the server.
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_mill()
        cls.env["ir.config_parameter"].set_param("report.url", cls.base_url())

    def pages(self, document):
        reader = PdfFileReader(io.BytesIO(document.attachment_id.raw))
        return [page.extract_text() for page in reader.pages]

    def plain(self, text):
        """Undo the look-alike characters that the printer's font leaves in the text layer."""
        return unicodedata.normalize("NFKC", text).replace("\u2eda", "页")

    def printed(self, language):
        contract = self.build_contract(self.build_order(lines=6)).with_context(force_report_rendering=True)
        if contract.language != language:
            contract.language = language
            contract.with_user(self.sales).action_refill()
        contract.with_user(self.sales).action_submit_review()
        contract.current_review_id.with_user(self.legal).action_accept()
        contract.with_user(self.sales).action_send()
        return contract

    def test_chinese(self):
        """R4.1.1, R4.1.3: the Chinese contract has articles, specifications, amounts and page numbers."""
        contract = self.printed("zh_CN")
        pages = self.pages(contract.issued_id)
        self.assertGreater(len(pages), 1)
        for number, page in enumerate(pages, 1):
            self.assertGreater(len(page.strip()), 40)
            self.assertIn(contract.name, page)
            self.assertRegex(self.plain(page), rf"第\s*{number}\s*页,共\s*{len(pages)}\s*页")
        text = self.plain("".join(pages))
        for words in ("纸品买卖合同", "第一条", "第十条", "80 g/m2", "GB/T 30130-2023", "供方", "合同总金额"):
            self.assertIn(words, text)
        for words in ("{", "Draft", "Total"):
            self.assertNotIn(words, text)

    def test_english(self):
        """R4.1.1: the English contract is complete, too."""
        contract = self.printed("en_US")
        pages = self.pages(contract.issued_id)
        text = "".join(pages)
        for words in ("Article 1", "Seller", "787×1092 mm", "Table of Products"):
            self.assertIn(words, text)
        self.assertRegex(" ".join(text.split()), rf"Page 1 of {len(pages)}")
        self.assertNotRegex(text, "[\u4e00-\u9fff]")

    def test_signed_copy(self):
        """R4.1.3: the signed copy names who signed, when, and the hash of the document that was signed."""
        contract = self.printed("zh_CN")
        self.sign_both(contract)
        text = "".join("".join(self.pages(contract.signed_id)).split())
        for words in ("WangWei", "ZhangMin", contract.pdf_sha256, "192.0.2.7"):
            self.assertIn(words, text)
        self.assertNotIn("可靠的电子签名", text)
