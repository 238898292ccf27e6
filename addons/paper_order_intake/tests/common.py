import base64
import io

from odoo import Command, fields
from odoo.addons.paper_base.tests.common import PaperCommon
from odoo.addons.paper_base.tests.own_rules import keep_own_rules
from openpyxl import Workbook

HEAD = """Master Reel Width
2540
Grade(g/m2)
200
Thickness(microm)
260
FabReq Width(mm) Length(mm) Weigth(Kg) Toler. DiamExt DiamInt(mm)
"""
SHEET = "4890     890   860    2000   0,2           0          0       0      0"
REEL = "4908     550     0    3500  0,15         900       1000     100      0"
BACKWARDS = "4909     550     0    3500  0,15        1000       110     100      0"
SHORT = "4910     480     0    2800   0,2        1000"
TABLE = ["number", "width", "length", "weight", "tolerance", "diameter from", "diameter to", "core"]


class IntakeCommon(PaperCommon):
    """A mill with an order book channel, a salesperson, a colleague, the credit department and a customer."""

    only_own_rules = False
    own_blockers = frozenset(
        {"open_rows", "not_handed_over", "spec_missing", "weight_unknown"}
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        keep_own_rules(cls, cls.own_blockers)
        cls.seller = cls._create_user("t_seller", "paper_base.group_sales")
        cls.colleague = cls._create_user("t_colleague", "paper_base.group_sales")
        cls.credit = cls._create_user("t_credit", "paper_base.group_credit")
        cls.paper.paper_grade_id = cls.offset
        cls.term = cls.env["account.payment.term"].create({"name": "30 days"})
        cls.customer.write({"email": "orders@hua.example.com", "street": "1 Paper Road", "city": "Jinan", "lang": "en_US"})
        cls.channel = cls.env["paper.intake.channel"].create(
            {"name": "Books", "kind": "order_book", "handler_id": cls.seller.id, "product_id": cls.paper.id}
        )
        cls.phone = cls.env["paper.intake.channel"].create(
            {"name": "Calls", "kind": "phone", "user_ids": [Command.set((cls.seller | cls.colleague).ids)]}
        )

    # Builders

    @classmethod
    def _work_round_the_clock(cls):
        """Let the company work at every hour of every day, so that a limit in working time is one on the clock."""
        always = [
            Command.create({"name": "Work", "dayofweek": str(day), "hour_from": 0, "hour_to": 24, "day_period": "morning"})
            for day in range(7)
        ]
        calendar = {"name": "Always", "tz": "UTC", "attendance_ids": [Command.clear(), *always]}
        cls.env.company.resource_calendar_id = cls.env["resource.calendar"].create(calendar)
        cls.env["paper.calendar.day"].search([]).unlink()

    @classmethod
    def _book(cls, *rows):
        return (HEAD + "\n".join(rows) + "\n").encode()

    @classmethod
    def _workbook(cls, *rows):
        book = Workbook()
        sheet = book.active
        for row in ([*TABLE, "basis weight", "caliper"], *rows):
            sheet.append(row)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    @classmethod
    def _create_upload(cls, content, name="orders.dat", user=None, **values):
        values = {
            "channel_id": cls.channel.id,
            "partner_id": cls.customer.id,
            "file": base64.b64encode(content),
            "file_name": name,
            **values,
        }
        return cls.env["paper.intake.upload"].with_user(user or cls.seller).create(values)

    @classmethod
    def _upload(cls, content, name="orders.dat", user=None, **values):
        upload = cls._create_upload(content, name, user, **values)
        upload.action_upload()
        return upload

    @classmethod
    def _create_arrival(cls, user=None, **values):
        values = {
            "channel_id": cls.phone.id,
            "partner_id": cls.customer.id,
            "product_id": cls.paper.id,
            "raw": "2 t of 890 × 860, 200 g, by Friday",
            "number": "A1",
            "width": 890,
            "length": 860,
            "weight": 2000,
            "basis_weight": 200,
            **values,
        }
        return cls.env["paper.intake.message"].with_user(user or cls.seller).create(values)

    @classmethod
    def _create_complete_order(cls, **values):
        spec = cls._create_sheet()
        values = {
            "partner_id": cls.customer.id,
            "commitment_date": fields.Datetime.now(),
            "payment_term_id": cls.term.id,
            "user_id": cls.seller.id,
            "order_line": [Command.create(cls._prepare_line(spec, paper_quantity=1000, paper_unit="kg"))],
            **values,
        }
        return cls.env["sale.order"].create(values)

    def _blocker_codes(self, order, step="evaluate"):
        return {item["code"] for item in order._get_open_blockers(step)[order]}
