import base64
import io

from odoo.addons.paper_aftersales.exceptions import ArchiveExportError
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader
from openpyxl import load_workbook

from .common import AftersalesCommon


@tagged("post_install", "-at_install")
class TestArchive(AftersalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()
        cls.lot = cls._lot("R-1", cls.order)
        cls.closed = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        cls.defect = cls.env.ref("paper_aftersales.defect_edg")
        cls.ticket = cls._ticket(
            name="纸边起毛，刀口钝", sale_order_id=cls.order.id, defect_id=cls.defect.id, solution="更换刀片", nature="quality"
        )
        cls.env["paper.claim.roll"].create({"ticket_id": cls.ticket.id, "lot_id": cls.lot.id})
        cls.ticket.stage_id = cls.closed
        cls.other = cls._ticket(partner_id=cls.other_customer.id)

    def _export(self, user=None, **vals):
        values = {"partner_id": self.customer.id, "date_from": "2020-01-01", "date_to": "2100-01-01", **vals}
        return self.env["paper.aftersales.export"].with_user(user or self.quality).create(values)

    def test_found(self):
        """R7.3.1: the archive is searched by customer, roll, defect and Chinese words; only sales and quality read it."""
        self.env.flush_all()
        for user in (self.sales, self.quality):
            archive = self.env["paper.aftersales.archive"].with_user(user)
            for domain in (
                [("partner_id", "=", self.customer.id)],
                [("lots", "ilike", "R-1")],
                [("defect_id", "=", self.defect.id)],
                [("name", "ilike", "刀口")],
                [("result", "ilike", "换刀")],
            ):
                with self.subTest(user=user.login, domain=domain):
                    self.assertIn(self.ticket, archive.search(domain).ticket_id)
                    self.assertNotIn(self.other, archive.search(domain).ticket_id)
        with self.assertRaises(AccessError):
            self.env["paper.aftersales.archive"].with_user(self.workshop).search([]).read(["name"])

    def test_export(self):
        """R7.3.1: one PDF and one workbook per customer and period, made in the background, complete, for who asked alone."""
        export = self._export()
        export.action_request()
        with self.assertRaises(ArchiveExportError), self.env.cr.savepoint():
            export.action_request()
        self.assertEqual(export.state, "waiting")
        report = self.env.registry["ir.actions.report"]
        self.patch(report, "_run_wkhtmltopdf", lambda *args, **kwargs: PDF)
        export.with_context(force_report_rendering=True)._make()
        self.assertEqual((export.state, export.progress), ("done", 100), export.error)
        self.assertEqual(len(PdfFileReader(io.BytesIO(base64.b64decode(export.pdf))).pages), 1)
        rows = list(load_workbook(io.BytesIO(base64.b64decode(export.workbook))).active.values)
        self.assertEqual(len(rows), 1 + export.case_count)
        self.assertIn("更换刀片", [cell for row in rows for cell in row])
        with self.assertRaises(AccessError):
            export.with_user(self.sales).read(["pdf"])

    def test_printed(self):
        """R7.3.1: the printed archive has the index, the rolls, what was done and the seal."""
        export = self._export()
        html = self.env["ir.actions.report"]._render_qweb_html("paper_aftersales.action_report_archive", export.ids)[0].decode()
        for words in (self.ticket.number, "纸边起毛", "R-1", "更换刀片", self.ticket.seal):
            self.assertIn(words, html)
        self.assertNotIn(self.other.number, html)


def _pdf():
    from odoo.tools.pdf import PdfFileWriter  # noqa: PLC0415 - a page without words

    writer, target = PdfFileWriter(), io.BytesIO()
    writer.addBlankPage(width=100, height=100)
    writer.write(target)
    return target.getvalue()


PDF = _pdf()
