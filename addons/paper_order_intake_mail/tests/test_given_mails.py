from datetime import date
from pathlib import Path

from odoo.addons.paper_order_intake.exceptions import IntakeStateError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .mail_common import MailCommon

GIVEN = Path(__file__).with_name("given")


@tagged("post_install", "-at_install")
class TestGivenMails(MailCommon):
    """Mails as customers send them, through the gateway: what is certain becomes an order, the rest waits filled in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyers = cls.env["res.partner"].create(
            [
                {"name": name, "email": f"{name}@print.example", "is_company": True, "company_id": cls.env.company.id}
                for name in ("chenguang", "nordic", "dongfang", "huawen", "yucai")
            ]
        )
        names = ("双胶纸", "复印纸", "书写用纸")
        cls.papers = {name: cls._create_product(name, cls.kg, is_paper=True) for name in names}

    def _send(self, name):
        source = (GIVEN / f"{name}.eml").read_bytes()
        head, _blank, body = source.replace(b"\r\n", b"\n").partition(b"\n\n")
        lines = [line for line in head.split(b"\n") if not line.lower().startswith(b"to:")]
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].message_process(None, b"\n".join([f"To: {self.address}".encode(), *lines]) + b"\n\n" + body)
        self.env["paper.intake.message"]._cron_read()
        mail = self._arrivals().filtered(lambda arrival: not arrival.parent_id)[-1:]
        return mail, mail.child_ids.sorted("line_no")

    def _figures(self, rows):
        return [(row.basis_weight, row.width, row.length, row.weight) for row in rows]

    def test_purchase_order_in_excel(self):
        """R3.1.1: a purchase order with a title, labels and a total is one order; its large first quantity is a proposal."""
        mail, rows = self._send("01_cn_po_xlsx")
        self.assertEqual(self._figures(rows), [(80, 787, 1092, 1250500), (70, 889, 1194, 20500), (60, 880, 0, 30000)])
        self.assertEqual(set(rows.mapped("number")), {"CG-20261129-01"})
        self.assertEqual(rows.mapped("state"), ["received", "order", "order"])
        self.assertEqual(
            [row.commitment_date.date() for row in rows], [date(2026, 12, 15), date(2026, 12, 20), date(2026, 12, 15)]
        )
        self.assertIn("1,250.5", rows[0].reason)
        self.assertIn("1,301.0", mail.told_text)
        mail.with_user(self.seller).action_take_proposal()
        self.assertEqual((len(rows.order_id), len(rows.order_id.order_line)), (1, 3))
        self.assertEqual(rows[0].order_line_id.paper_unit, "t")
        with self.assertRaises(IntakeStateError):
            mail.with_user(self.seller).action_take_proposal()

    def test_heading_of_two_rows(self):
        """R3.1.1: a heading of two merged rows is read as one."""
        _mail, rows = self._send("01b_merged_two_rows")
        self.assertEqual(self._figures(rows), [(80, 787, 1092, 1250.5), (70, 889, 1194, 20500)])
        self.assertEqual((set(rows.mapped("state")), len(rows.order_id)), ({"order"}, 1))

    def test_table_of_a_pdf(self):
        """R3.1.1: cells that are empty in a PDF keep their columns; all rows are items of the one order."""
        _mail, rows = self._send("03_pdf_table")
        self.assertEqual(self._figures(rows), [(80, 1000, 700, 12000), (80, 880, 0, 20000), (90, 640, 900, 1500)])
        self.assertEqual((rows[1].core_diameter, rows[0].tolerance, set(rows.mapped("number"))), (76, 5, {"4711"}))

    def test_two_numbers(self):
        """R3.1.1: subject and quoted text name two numbers: which one is the order's is asked."""
        mail, row = self._send("05b_fwd_inline")
        self.assertEqual((row.number, row.state, row.weight), ("DF-10", "received", 9000))
        self.assertIn("DF-8", mail.told_text)

    def test_change_is_no_order(self):
        """R3.1.2: a wish to change an order makes no new one."""
        mail, rows = self._send("06_reply_change")
        self.assertFalse(rows or mail.order_id)

    def test_reams(self):
        """R3.1.1: sheets in reams are ordered in reams."""
        _mail, row = self._send("09b_reams_known")
        self.assertEqual((row.order_line_id.paper_quantity, row.order_line_id.paper_unit), (500, "ream"))

    def test_row_of_units(self):
        """R3.1.1: a row of units below the headings says the units, and is no item."""
        _mail, row = self._send("09e_units_row")
        self.assertEqual(self._figures(row), [(80, 787, 1092, 12500)])

    def test_table_in_the_body(self):
        """R3.1.1: a table in the text of a mail is a list."""
        _mail, row = self._send("15_html_table")
        self.assertEqual((self._figures(row), row.state), ([(80, 640, 900, 4000)], "order"))

    def test_product_of_each_row(self):
        """R3.1.1: each row's product counts, not the channel's, also where the channel explains a column."""
        self.mails.column_ids = [(0, 0, {"heading": "数量/吨", "field": "weight_kg", "unit": "t"})]
        mail, rows = self._send("21_mapped")
        self.assertEqual(rows.product_id.mapped("name"), ["复印纸", "书写用纸", "双胶纸"])
        self.assertEqual(rows.mapped("weight"), [12500, 20500, 1250500])
        self.assertEqual(rows[0].quality_requirement, "送长沙")
        self.assertNotIn("月结60天", mail.told_text)

    def test_unknown_product(self):
        """R3.1.1: a product that the mill does not know by its name is asked, never replaced by the channel's."""
        self.papers["复印纸"].name = "别的纸"
        _mail, rows = self._send("22_two_lines")
        self.assertEqual((rows[0].product_id.id, rows[0].state), (False, "received"))
        self.assertIn("复印纸", rows[0].reason)
        self.assertEqual(rows[1].product_id, self.papers["书写用纸"])
        rows[0].with_user(self.seller).product_id = self.papers["双胶纸"]
        rows[0].with_user(self.seller).action_process()
        self.assertEqual(rows[0].order_id, rows[1].order_id)

    def test_two_lines(self):
        """R3.1.1: two rows of one number are one order with two lines."""
        _mail, rows = self._send("22_two_lines")
        self.assertEqual((len(rows.order_id), len(rows.order_id.order_line)), (1, 2))

    def test_answer_to_a_letter(self):
        """R3.2.1: an answer to the letter about missing facts is no order; what it says is kept with it."""
        mail, rows = self._send("30_reply_completion_0")
        self.assertFalse(rows)
        self.assertEqual(mail.facts["head"]["delivery_date"]["value"], "2026-12-15")
        self.assertEqual(mail.facts["head"]["payment"]["value"], "月结30天")
