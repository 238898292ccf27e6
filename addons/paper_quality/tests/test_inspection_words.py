from odoo.tests import tagged

from .common import PaperQualityCommon


@tagged("post_install", "-at_install")
class TestInspectionWords(PaperQualityCommon):
    def test_what_is_inspected_is_named_in_the_reader_s_language(self):
        """R5.3.2: the kind of record that an inspection refers to has its translated name."""
        self.env["res.lang"]._activate_lang("zh_CN")
        model = self.env["ir.model"]._get("product.product")
        model.with_context(lang="zh_CN").name = "产品变体"
        field = self.env["qc.inspection"].with_context(lang="zh_CN").fields_get(["object_id"])["object_id"]
        self.assertIn(("product.product", "产品变体"), [tuple(choice) for choice in field["selection"]])
