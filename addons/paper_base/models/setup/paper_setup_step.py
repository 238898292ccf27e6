from odoo import api, fields, models
from odoo.fields import Domain

from ...exceptions import SetupError

MANAGEMENT, OVERVIEW = "paper_base.group_management", "paper_base.group_paper_overview"
CATEGORY = "paper_base.module_category_paper"


class PaperSetupStep(models.Model):
    """One step of setting up a mill, for each company: what it is for, what is missing, where to go. Whether it is done is
    looked at each time, nobody ticks it; a step that is undone later comes back.

    An addon adds a step by a record and a method ``_missing_<code>``.
    """

    _name = "paper.setup.step"
    _description = "Step of Setting Up the Mill"
    _order = "sequence, id"

    code = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, translate=True, readonly=True)
    hint = fields.Char(string="What For", translate=True, readonly=True)
    sequence = fields.Integer(readonly=True)
    action = fields.Char(required=True, readonly=True, help="External name of the action that leads there.")
    is_skipped = fields.Boolean(string="Not Needed Here", company_dependent=True)
    missing = fields.Char(string="Still Missing", compute="_compute_missing")
    is_open = fields.Boolean(string="To Do", compute="_compute_missing", search="_search_is_open")

    _code_uniq = models.UniqueIndex("(code)", "There is one step of this code.")

    @api.depends("is_skipped")
    @api.depends_context("company", "lang")
    def _compute_missing(self):
        for step in self:
            # sudo: who sees the list is told what is missing, also where another department works
            missing = getattr(step.sudo(), f"_missing_{step.code}", lambda company: "")
            step.missing = missing(self.env.company.sudo())
            step.is_open = bool(step.missing) and not step.is_skipped

    def _search_is_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = Domain("id", "in", self.search([]).filtered("is_open").ids)
        return found if True in value else ~found

    @api.model
    def get_left(self):
        """Return how many steps are to do in the current company; 0 for who neither manages nor keeps the system."""
        if not any(self.env.user.has_group(group) for group in (MANAGEMENT, OVERVIEW)):
            return 0
        return len(self.search([]).filtered("is_open"))

    def action_open(self):
        """Lead to where the step is done."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(self.action)
        if action.get("res_model") == "res.company":
            action |= {"res_id": self.env.company.id, "views": [(False, "form")]}
        return action

    def action_skip(self):
        """Leave steps out that this company does not need, or take them up again."""
        self._check_keeper()
        for step in self.sudo():  # sudo: the rest of the step is not theirs to write
            step.is_skipped = not step.is_skipped

    def _check_keeper(self):
        if not any(self.env.user.has_group(group) for group in (MANAGEMENT, "base.group_system")):
            raise SetupError(self.env._("The management, or who keeps the system, decides which steps this mill needs."))

    # What is missing: a few words in the reader's language, "" nothing

    def _missing_company(self, company):
        _, lacking = self.env._, []
        for name in ("country_id", "street", "city", "email"):
            if not company[name]:
                lacking.append(company._fields[name]._description_string(self.env))
        if not company.resource_calendar_id:
            lacking.append(_("Working Hours"))
        elif (company.resource_calendar_id.tz or "UTC") == "UTC":
            lacking.append(_("time zone of the working hours"))
        return ", ".join(lacking)

    def _missing_people(self, company):
        groups = self.env["res.groups"].search([("privilege_id.category_id", "=", self.env.ref(CATEGORY).id)])
        empty = groups.filtered(lambda group: not company._paper_group_users(group))
        return self.env._("nobody in: %(departments)s", departments=", ".join(empty.mapped("name"))) if empty else ""

    def _missing_calendar(self, company):
        year = company._paper_today().year
        days = Domain("company_id", "in", (False, company.id)) & Domain("country_id", "in", (False, company.country_id.id))
        days &= Domain("date", ">=", f"{year}-01-01") & Domain("date", "<=", f"{year}-12-31")
        known = self.env["paper.calendar.day"].search_count(days, limit=1)
        return "" if known else self.env._("the public holidays of %(year)s", year=year)

    def _missing_mail_out(self, company):
        servers = self.env["ir.mail_server"].search_count([], limit=1)
        return "" if servers else self.env._("an outgoing mail server")

    def _missing_grades(self, company):
        return "" if self.env["paper.grade"].search_count([], limit=1) else self.env._("a grade of paper")

    def _missing_products(self, company):
        products = Domain("is_paper", "=", True) & Domain("sale_ok", "=", True) & Domain("company_id", "in", (False, company.id))
        return "" if self.env["product.template"].search_count(products, limit=1) else self.env._("a paper product that is sold")

    def _missing_customers(self, company):
        customers = Domain("customer_rank", ">", 0) | Domain("sale_order_ids", "!=", False)
        domain = customers & Domain("company_id", "in", (False, company.id))
        return "" if self.env["res.partner"].search_count(domain, limit=1) else self.env._("a customer")
