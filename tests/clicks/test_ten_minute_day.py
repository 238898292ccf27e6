"""A salesperson's morning: what customers wrote over night, from mail to order under evaluation, clicks counted."""

import io
from datetime import timedelta
from email.message import EmailMessage

from odoo.addons.paper_base.tests.browser import CountedClicks
from odoo.tests import HttpCase, tagged
from openpyxl import Workbook

TASK = ".o_paper_task"
XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@tagged("post_install", "-at_install")
class TestTenMinuteDay(CountedClicks, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env.ref("paper_mill.customer_chenguang")
        cls.sales = cls.env.ref("paper_mill.user_sales")
        cls.product = cls.env.ref("paper_mill.product_offset")
        cls.term = cls.env.ref("account.account_payment_term_30days")
        cls.channel = cls.env["paper.intake.channel"].create(
            {"name": "Morning", "kind": "email", "handler_id": cls.sales.id, "product_id": cls.product.id}
        )
        # What else waits in the demo mill is not this morning's.
        cls.env["paper.intake.message"].search([("state", "in", ("received", "question", "rejected"))]).active = False

    def _list(self, number, written_day):
        """A purchase order of eight sheets as a buyer writes it: a title, labels, a total; ``written_day`` as he writes a day."""
        name = self.product.with_context(lang="zh_CN").name
        term = self.term.with_context(lang="zh_CN").name
        rows = [["采购订单"], ["订单号", number, None, "付款方式", term]]
        rows.append(["序号", "品名", "定量(g/m²)", "规格(mm)", "厚度(微米)", "数量(吨)", "公差(%)", "交货日期"])
        rows += [[place + 1, name, 80, f"{700 + 20 * place}×1000", 100, 3, 5, written_day] for place in range(8)]
        rows.append(["合计", None, None, None, None, 24])
        book, stream = Workbook(), io.BytesIO()
        for row in rows:
            book.active.append(row)
        book.save(stream)
        return stream.getvalue()

    def _arrives(self, number, body, content=None, **headers):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self.customer.email, "orders@mill.example.com", headers.pop("subject", number)
        mail["Message-Id"] = f"<{number}-{len(body)}@chenguang.example.com>"
        mail.set_content(body)
        if content:
            mail.add_attachment(content, maintype=XLSX[0], subtype=XLSX[1], filename="采购订单.xlsx")
        self.channel._store_mail(mail.as_bytes(), sender=self.customer.email)
        self.env["paper.intake.message"]._cron_read()
        return self.env["paper.intake.message"].search([("channel_id", "=", self.channel.id), ("parent_id", "=", False)], limit=1)

    def test_ten_minute_day(self):
        """R3.1.1, R3.1.2, R3.2.1: in the browser, in Chinese, a salesperson works the morning's mails: a workbook of eight
        papers becomes an order under evaluation with at most six clicks, a later word on it is seen to with three."""
        day = self.env.company._paper_today() + timedelta(days=45)
        mail = self._arrives("CG-MORNING", "请见附件。", self._list("CG-MORNING", f"{day.month}月{day.day}日"))
        rows = mail.child_ids
        self.assertEqual((len(rows), set(rows.mapped("state"))), (8, {"received"}), rows.mapped("reason"))
        with self.person() as person:
            order = self._takes_the_workbook(person, rows)
            self._takes_the_change(person, order)

    def _takes_the_workbook(self, person, rows):
        first = rows.sorted("line_no")[0]
        person.enters("sales")
        person.clicks_on(f"{TASK}[data-kind='arrival'] .o_paper_go_on")
        self.assertTrue(person.sees(".o_form_view [name='told']"), "what was not read stands beside it")
        person.clicks_on("button[name='action_take_proposal']")
        self.assertTrue(person.sees("button[name='action_submit_evaluation']"), "the order is open")
        person.clicks_on("button[name='action_submit_evaluation']")
        self.assertTrue(person.sees("button[name='action_open_evaluation']"))
        self.assertClicks(person, 6)
        person.rests()
        order = first.order_id
        self.assertEqual((len(order), len(order.order_line), order.paper_evaluation_state), (1, 8, "running"))
        self.assertEqual(order.order_line.mapped("paper_quantity"), [3] * 8)
        self.assertEqual((order.payment_term_id, set(rows.mapped("state"))), (self.term, {"order"}))
        return order

    def _takes_the_change(self, person, order):
        """A customer's later word waits at its order; what it says of one paper of eight is read by a person."""
        later = self._arrives("CG-LATER", "第3项请改送到长沙仓库。", subject="Re: CG-MORNING")
        self.assertEqual((later.about_order_id, later.handler_id), (order, self.sales))
        person.enters("sales")
        person.clicks_on(f"{TASK}[data-kind='arrival'] .o_paper_go_on")
        self.assertTrue(person.sees("[name='wish']", "第3项请改送到长沙仓库"))
        person.clicks_on("button[name='action_settle']")
        self.assertTrue(person.sees(".o_arrow_button_current[data-value='settled']"))
        self.assertClicks(person, 3)
        person.rests()
        self.assertEqual(later.state, "settled")
