from markupsafe import Markup
from odoo import api, fields, models

from ...exceptions import SheetConfirmedError
from ..plan.paper_production_plan import DISTRIBUTION

SHEETS = [
    ("workshop", "Run Sheet"),
    ("equipment", "Set-up List"),
    ("purchasing", "Material List"),
    ("warehouse", "Expected Receipts"),
]


class PaperPlanSheet(models.Model):
    """What a department gets of a version of a plan in force, and who there has confirmed it (R5.1.2)."""

    _name = "paper.plan.sheet"
    _description = "Sheet of a Production Plan"
    _inherit = ["paper.step.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _all_by_steps = True
    _evidence_states = ()
    _acts = {"confirm": ((), ())}
    _state_error = SheetConfirmedError

    name = fields.Char(compute="_compute_name")
    version_id = fields.Many2one("paper.plan.version", required=True, index=True, ondelete="cascade")
    plan_id = fields.Many2one(related="version_id.plan_id", store=True, index=True)
    company_id = fields.Many2one(related="version_id.company_id", store=True, index=True)
    department = fields.Selection(SHEETS, required=True, string="Sheet")
    is_current = fields.Boolean(compute="_compute_is_current")
    confirmed_by_id = fields.Many2one("res.users", string="Confirmed by")
    confirmed_on = fields.Datetime()
    content = fields.Html(compute="_compute_content", sanitize=False)
    can_confirm = fields.Boolean(compute="_compute_can_steps")

    _one = models.UniqueIndex("(version_id, department)", "The department has its sheet of this version already.")

    @api.depends("department", "plan_id.name", "version_id.number")
    @api.depends_context("lang")
    def _compute_name(self):
        kinds = dict(self._fields["department"]._description_selection(self.env))
        for sheet in self:
            sheet.name = f"{sheet.plan_id.name or ''} · {sheet.version_id.number} · {kinds.get(sheet.department, '')}"

    @api.depends("version_id.state")
    def _compute_is_current(self):
        for sheet in self:
            sheet.is_current = sheet.version_id.state == "in_force"

    @api.depends("confirmed_on", "is_current")
    def _compute_can_steps(self):
        return super()._compute_can_steps()

    def _group(self):
        return f"paper_base.group_{self.department}"

    def _act_objection(self, verb):
        if verb == "confirm" and not self.env.user.has_group(self._group()):
            return self.env._("%(sheet)s is confirmed by its department.", sheet=self.name)
        if verb == "confirm" and (self.confirmed_on or not self.is_current):
            return self.env._("%(sheet)s is confirmed already, or another version took its place.", sheet=self.name)
        return super()._act_objection(verb)

    def action_confirm(self):
        """Confirm that the department has the sheet and works by it (R5.1.2).

        :raises SheetConfirmedError: for another department, or where there is nothing to confirm
        """
        self.check_access("read")
        self._check_act("confirm")
        # sudo: the act was checked; what it writes is nobody's
        self.sudo()._by_step().write({"confirmed_by_id": self.env.uid, "confirmed_on": fields.Datetime.now()})
        self.env["res.company"]._paper_told(self, ("sheet",))
        return True

    def _remind(self):
        """Put the sheets before their departments; whoever was told already is not told again."""
        for company, sheets in self.grouped("company_id").items():
            company._paper_tell(
                lambda sheet: sheet._group(),
                sheets,
                lambda sheet: sheet.env._("Confirm %(sheet)s", sheet=sheet.name),
                kind="sheet",
                quietly=True,
            )

    # What stands on it

    @api.depends("department", "version_id")
    @api.depends_context("lang")
    def _compute_content(self):
        for sheet in self:
            # sudo: a department need not read the orders whose list it gets; prices are not in it
            own = sheet.sudo()
            rows_of = {
                "workshop": own._workshop_rows,
                "equipment": own._equipment_rows,
                "purchasing": own._purchasing_rows,
                "warehouse": own._warehouse_rows,
            }
            head, rows = rows_of[sheet.department]() if sheet.department else ((), ())
            sheet.content = sheet._as_table(head, rows)

    @staticmethod
    def _as_table(head, rows):
        cell = Markup("").join
        body = cell(Markup("<tr>%s</tr>") % cell(Markup("<td>%s</td>") % text for text in row) for row in rows)
        names = cell(Markup("<th>%s</th>") % text for text in head)
        return Markup('<table class="table table-sm"><thead><tr>%s</tr></thead><tbody>%s</tbody></table>') % (names, body)

    def _campaigns(self):
        return self.version_id.campaign_ids.sorted(lambda one: (one.workcenter_id.sequence, one.workcenter_id.id, one.date_from))

    def _moment(self, moment):
        return self.company_id._paper_moment(moment) if moment else ""

    def _workshop_rows(self):
        _ = self.env._
        head = (_("Machine"), _("Campaign"), _("Begins"), _("Ends"), _("Order"), _("Specification"), "kg")
        rows = []
        for campaign in self._campaigns():
            shared = campaign.workcenter_id.name, campaign.name, self._moment(campaign.date_from), self._moment(campaign.date_to)
            for number, line in enumerate(campaign.line_ids):
                first = shared if not number else ("",) * 4
                rows.append(
                    (*first, line.origin or line.production_id.name, line.spec_id.display_name or "", f"{line.kg:,.0f}")
                )
        return head, rows

    def _equipment_rows(self):
        _ = self.env._
        head = (_("Machine"), _("Set up for"), _("Begins"), _("Change-Over (min)"), _("Broke (kg)"))
        return head, [
            (
                campaign.workcenter_id.name,
                campaign.name,
                self._moment(campaign.date_from),
                f"{campaign.changeover_minutes:.0f}",
                f"{campaign.broke_kg:,.0f}",
            )
            for campaign in self._campaigns()
        ]

    def _purchasing_rows(self):
        _ = self.env._
        head = (_("Material"), _("Needed"), _("Unit"), _("First on"), _("In Stock"))
        needs = {}
        for production in self.plan_id.production_ids.filtered(lambda rec: rec.state != "cancel"):
            for move in production.move_raw_ids.filtered(lambda rec: rec.state not in ("done", "cancel")):
                if move.product_id.is_paper:
                    continue
                quantity, first = needs.get(move.product_id, (0.0, production.date_start))
                needs[move.product_id] = quantity + move.product_qty, min(first, production.date_start)
        return head, [
            (
                product.display_name,
                f"{quantity:,.0f}",
                product.uom_id.name,
                self._moment(first),
                f"{product.with_company(self.company_id).qty_available:,.0f}",
            )
            for product, (quantity, first) in sorted(needs.items(), key=lambda item: item[0].display_name)
        ]

    def _warehouse_rows(self):
        _ = self.env._
        head = (_("Expected on"), _("Order"), _("Specification"), "kg")
        lines = self.version_id.campaign_ids.line_ids
        return head, [
            (
                self._moment(line.production_id.date_finished or line.date_end),
                line.origin or line.production_id.name,
                line.spec_id.display_name or "",
                f"{line.kg:,.0f}",
            )
            for line in lines.sorted(lambda one: one.production_id.date_finished or one.date_end)
        ]

    @api.model
    def _departments(self):
        return [group.rsplit("_", 1)[1] for group in DISTRIBUTION]
