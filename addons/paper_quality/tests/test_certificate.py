from odoo.addons.paper_quality.exceptions import CertificateRefusedError
from odoo.addons.paper_quality.tests.common import PaperQualityCommon
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

BRIGHTNESS = {"name": "Brightness", "unit": "%", "minimum": 82, "has_minimum": True, "method": "GB/T 7974-2013"}
SPECKS = {"name": "Specks", "unit": "/m²", "maximum": 5, "has_maximum": True, "method": "GB/T 1541-2013"}
REPORT = "paper_quality.report_certificate"


@tagged("post_install", "-at_install")
class TestCertificate(PaperQualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.reel = cls.create_paper("Reel paper", tracking="lot")

    def page(self, records, report=REPORT, user=None):
        model = self.env["ir.actions.report"].with_user(user or self.inspector)
        return model._render_qweb_html(report, records.ids)[0].decode()

    def reels(self, spec, lots=2):
        """Return an order of reels that were made and have passed."""
        production = self.create_production(spec, product=self.reel)
        self.made(production)
        names = [f"R-{production.id}-{number}" for number in range(lots)]
        reels = self.env["stock.lot"].create([{"name": name, "product_id": self.reel.id} for name in names])
        move = production.sudo().move_finished_ids
        move.move_line_ids.unlink()
        self.env["stock.move.line"].create(
            [
                {"move_id": move.id, "product_id": self.reel.id, "product_uom_id": self.kg.id, "lot_id": reel.id, "quantity": 500,
                 "location_id": move.location_id.id, "location_dest_id": move.location_dest_id.id}
                for reel in reels
            ]
        )
        self.passed(production)
        return production

    def test_says_what_was_measured(self):
        """R6.1.1: the certificate says specification, lots, and of each property method, unit, limits, value and verdict."""
        spec = self.create_spec([BRIGHTNESS])
        production = self.reels(spec)
        inspection = production.inspection_ids
        page = self.page(inspection)
        for text in (
            f"COA-{inspection.name}",
            spec.display_name,
            production.name,
            *production.sudo().move_finished_ids.move_line_ids.lot_id.mapped("name"),
            "500.0",
            "Brightness",
            "GB/T 7974-2013",
            "≥ 82",
            "950 – 1,000",
            "Pass",
            self.inspector.name,
        ):
            with self.subTest(text=text):
                self.assertIn(text, page)
        self.assertNotIn("Fail", page)

    def test_no_invented_limit(self):
        """R6.1.1: what has no agreed limit is stated as found, with neither limit nor verdict."""
        production = self.create_production(self.create_spec([SPECKS]))
        self.made(production)
        inspection = self.answer(production.sudo().inspection_ids)
        width = inspection.inspection_lines.filtered(lambda line: line.test_line.paper_property == "width")
        width.quantitative_value = 786
        specks = inspection.inspection_lines.filtered(lambda line: line.limit_id.name == "Specks")
        specks.quantitative_value = 0
        inspection.action_confirm()
        row = width._certificate_row()
        self.assertEqual((row["limits"], row["verdict"], row["nominal"], row["result"]), ("", "", "787", "786"))
        row = specks._certificate_row()
        self.assertEqual((row["limits"], row["result"]), ("≤ 5", "0"), "what was counted and not found is zero, not left open")
        weight = inspection.inspection_lines.filtered(lambda line: line.test_line.paper_property == "basis_weight")
        self.assertEqual(weight._certificate_row()["result"], "80")

    def test_only_for_what_has_passed(self):
        """R5.3.2, R6.1.1: an open, a failed and a superseded inspection get no certificate, by button or by print."""
        production = self.create_production(self.create_spec([BRIGHTNESS]))
        inspection = production.inspection_ids
        for state in ("ready", "failed"):
            with self.subTest(state=state):
                if state == "failed":
                    self.failed(production)
                self.assertEqual(inspection.state, state)
                with self.assertRaises(CertificateRefusedError) as caught:
                    inspection.with_user(self.inspector).action_print_certificate()
                self.assertIn(inspection.name, str(caught.exception))
                for report in (REPORT, f"{REPORT}_both"):
                    with self.assertRaises(CertificateRefusedError):
                        self.page(inspection, report)
        with self.assertRaises(CertificateRefusedError):
            self.create_production(confirm=False).action_print_certificate()
        passed = self.create_production(self.create_spec())
        first = self.passed(passed)
        first.sudo()._inspect_again()
        with self.assertRaises(CertificateRefusedError):
            self.page(first)

    def test_of_one_lot(self):
        """R6.1.1: a reel has the certificate of its order, with itself alone on it; a failed one has none."""
        production = self.reels(self.create_spec([BRIGHTNESS]))
        first, second = production.sudo().move_finished_ids.move_line_ids.lot_id
        page = self.page(first, "paper_quality.report_lot_certificate")
        self.assertIn(first.name, page)
        self.assertNotIn(second.name, page)
        own = production.inspection_ids.sudo()._inspect_again()
        own._by_step().lot_id = second  # by no hand: a final inspection keeps what it speaks of
        self.failed(production)
        self.assertEqual(own.state, "failed")
        with self.assertRaises(CertificateRefusedError):
            self.page(second, "paper_quality.report_lot_certificate")
        self.assertIn(first.name, self.page(first, "paper_quality.report_lot_certificate"))
        self.assertNotIn(second.name, self.page(production.inspection_ids - own))
        stray = self.env["stock.lot"].create({"name": "STRAY", "product_id": self.reel.id})
        with self.assertRaises(CertificateRefusedError) as caught:
            stray.action_print_certificate()
        self.assertIn("STRAY", str(caught.exception))

    def test_language(self):
        """R6.1.1: the certificate is in the customer's language, and in Chinese and English on request."""
        customer = self.env["res.partner"].create({"name": "印刷厂", "lang": "zh_CN"})
        spec = self.create_spec([BRIGHTNESS], partner_id=customer.id)
        inspection = self.passed(self.create_production(spec))
        page = self.page(inspection)
        self.assertIn('data-oe-lang="zh_CN"', page)
        self.assertNotIn('data-oe-lang="en_US"', page)
        both = self.page(inspection, f"{REPORT}_both")
        self.assertIn('data-oe-lang="zh_CN"', both)
        self.assertIn('data-oe-lang="en_US"', both)

    def test_rights(self):
        """R6.1.1: a department prints certificates, somebody outside the mill does not."""
        inspection = self.passed(self.create_production(self.create_spec()))
        self.assertIn(inspection.name, self.page(inspection, user=self.seller))
        stranger = new_test_user(self.env, "quality_stranger", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.page(inspection, user=stranger)
