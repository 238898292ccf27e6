import io
from datetime import timedelta

from odoo.addons.paper_base.tests.browser import CountedClicks
from odoo.tests import HttpCase, tagged
from openpyxl import Workbook

from .mail_common import MailCommon

TASK = ".o_paper_task[data-kind='arrival'] .o_paper_go_on"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = ["序号", "品名", "定量(g/m²)", "规格(mm)", "数量(吨)", "交货日期"]


@tagged("post_install", "-at_install")
class TestMorning(MailCommon, CountedClicks, HttpCase):
    """A salesperson's morning in the browser: what customers wrote over night, its clicks counted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller.write({"lang": "zh_CN", "tz": "Asia/Shanghai"})
        cls.sheet_paper = cls._create_product("晨报双胶纸", cls.kg, is_paper=True, paper_grade_id=cls.offset.id)
        cls.env["paper.intake.message"].search([("state", "in", ("received", "question", "rejected"))]).active = False
        cls.day = cls.env.company._paper_today() + timedelta(days=45)

    def _workbook_of_eight(self):
        """A purchase order as a buyer writes it: a title, labels, days without a year, a total."""
        rows = [["采购订单"], ["订单号", "CG-EIGHT"], HEADINGS]
        written = f"{self.day.month}月{self.day.day}日"
        rows += [[place + 1, "晨报双胶纸", 80, f"{700 + 20 * place}×1000", 3, written] for place in range(8)]
        rows.append(["合计", None, None, None, 25, None])
        book, stream = Workbook(), io.BytesIO()
        for row in rows:
            book.active.append(row)
        book.save(stream)
        return stream.getvalue()

    def test_morning(self):
        """R3.1.1, R3.2.1: in the browser, in Chinese, a salesperson makes the order of a workbook's eight papers with two
        clicks; what was not read and a total that is wrong are told beside it."""
        list_file = ("采购订单.xlsx", self._workbook_of_eight(), XLSX)
        rows = self._receive_mail(list_file, subject="采购订单", body="请见附件。")[0].child_ids
        self.assertEqual((len(rows), set(rows.mapped("state"))), (8, {"received"}), rows.mapped("reason"))
        with self.person() as person:
            person.enters(self.seller.login)
            person.clicks_on(TASK)
            self.assertTrue(person.sees(".o_form_view [name='told']", "25 t ≠ 24 t"), "what is unusual stands beside it")
            person.clicks_on("button[name='action_take_proposal']")
            self.assertTrue(person.sees(".o_form_view [name='order_line'] .o_data_row", "760"), "the order is open")
            self.assertClicks(person, 2)
            person.rests()
            order = rows.order_id
            self.assertEqual((len(order), order.order_line.mapped("paper_quantity")), (1, [3] * 8))
            self.assertEqual(order.company_id._paper_day(order.commitment_date), self.day)
