from odoo import Command
from odoo.tests import TransactionCase, new_test_user, tagged

from .test_departments import DEPARTMENTS

DAYS = (
    "paper_completion_days",
    "paper_evaluation_days",
    "paper_legal_review_days",
    "paper_dispatch_notice_days",
    "paper_complaint_days",
)


@tagged("post_install", "-at_install")
class TestSetUp(TransactionCase):
    """A mill from nothing, by the list alone: the steps of docs/set-up.md, in their order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.mail_server"].search([]).active = False
        cls.env["fetchmail.server"].search([]).active = False
        cls.company = cls.env["res.company"].create({"name": "New mill"})
        cls.company.write(dict.fromkeys(DAYS, 0))
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.steps = cls.env["paper.setup.step"].search([])

    def _open(self):
        self.steps.invalidate_recordset()
        return {step.code for step in self.steps if step.is_open}

    def _do(self, code, *, by):
        """Do a step: it was open before and is done afterwards, and no other one was undone by it."""
        with self.subTest(step=code):
            before = self._open()
            self.assertIn(code, before)
            by()
            self.env.flush_all()
            after = self._open()
            self.assertNotIn(code, after)
            self.assertLessEqual(after, before)

    def test_from_nothing(self):
        """R2: each step of setting up a mill asks for something that is not there in a new company, and is done by it."""
        self.assertEqual(self.env["paper.setup.step"].get_left(), len(self._open()))
        company, create = self.company, lambda model, **values: self.env[model].create(values)

        def name_company():
            company.resource_calendar_id = self.env["resource.calendar"].create(
                {"name": "Mill", "tz": "Asia/Shanghai", "company_id": company.id}
            )
            company.write(
                {"street": "1 Mill Road", "city": "Suzhou", "email": "mill@example.com", "country_id": self.env.ref("base.cn").id}
            )

        def hire():
            for department in DEPARTMENTS:
                new_test_user(
                    self.env,
                    f"new.{department}",
                    groups=f"paper_base.group_{department}",
                    company_id=company.id,
                    company_ids=[Command.set(company.ids)],
                )

        self._do("company", by=name_company)
        self._do("people", by=hire)
        if "calendar" in self._open():  # the years that came with the addon end
            year = company._paper_today().year
            self._do("calendar", by=lambda: create("paper.calendar.day", date=f"{year}-01-01", name="New Year"))
        if "grades" in self._open():
            self._do("grades", by=lambda: create("paper.grade", name="Offset", code="OF"))
        kilogram = self.env.ref("uom.product_uom_kgm")
        paper = {"name": "Offset", "is_paper": True, "uom_id": kilogram.id, "company_id": company.id}
        if "products" in self._open():
            self._do("products", by=lambda: create("product.template", **paper))
        self._do("machines", by=self._machine)
        if "recipes" in self._open():
            self._do("recipes", by=self._recipes)
        self._do("costs", by=lambda: self._cost())
        self._do("days", by=lambda: company.write(dict.fromkeys(DAYS, 3)))
        self._do("mail_out", by=lambda: create("ir.mail_server", name="Out", smtp_host="mail.example.com"))
        self._do("mail_in", by=self._mail_in)
        self._do("channels", by=self._channels)
        if "contract" in self._open():
            self._do("contract", by=lambda: company.write({"company_registry": "91320500MA1MILL001"}))
        for code, model, values in (
            ("delivery", "delivery.carrier", {"name": "Own lorry", "product_id": self._freight().id}),
            ("aftersales", "helpdesk.ticket.team", {"name": "Complaints"}),
            ("customers", "res.partner", {"name": "Printer", "customer_rank": 1}),
        ):
            if code in self._open():
                self._do(code, by=lambda model=model, values=values: create(model, **values))
        self.assertEqual(self._open(), set())
        self.assertEqual(self.env["paper.setup.step"].get_left(), 0)
        company.paper_evaluation_days = 0
        self.assertEqual(self._open(), {"days"}, "what is undone later comes back")

    def _machine(self):
        center = self.env["mrp.workcenter"].create({"name": "PM1", "company_id": self.company.id})
        self.env["paper.machine.capability"].create({"workcenter_id": center.id})

    def _recipes(self):
        domain = [("is_paper", "=", True), ("sale_ok", "=", True), ("company_id", "in", (False, self.company.id))]
        routes = self.env.ref("stock.route_warehouse0_mto") | self.env.ref("mrp.route_warehouse0_manufacture")
        for template in self.env["product.template"].search(domain):
            template.route_ids |= routes
            if not template.bom_ids:
                self.env["mrp.bom"].create({"product_tmpl_id": template.id, "product_qty": 1000, "company_id": self.company.id})

    def _cost(self):
        kind = self.env["paper.cost.rate"]._fields["kind"].get_values(self.env)[0]
        self.env["paper.cost.rate"].create({"kind": kind, "rate": 1, "company_id": self.company.id})

    def _mail_in(self):
        if not self.company.alias_domain_id:
            self.company.alias_domain_id = self.env["mail.alias.domain"].create({"name": "new-mill.example.com"})
        self.env["fetchmail.server"].create({"name": "In"})

    def _channels(self):
        channels = self.env["paper.intake.channel"].search([("company_id", "=", self.company.id)])
        handler = self.env["res.users"].search([("login", "=", "new.sales")])
        (channels or channels.create({"name": "Visit", "kind": "visit", "company_id": self.company.id})).handler_id = handler

    def _freight(self):
        return self.env["product.product"].create({"name": "Freight", "type": "service"})
