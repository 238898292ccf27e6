from copy import deepcopy

from odoo import api, fields, models

from ...lib.lead import Lead, leading_button
from ..department.reading import is_department_reader

PRIMARY = {"btn-primary", "oe_highlight"}


class SaleOrder(models.Model):
    """The one button that takes an order on is the primary one; the others stand beside it, and what is blocked says why."""

    _inherit = "sale.order"

    can_confirm = fields.Boolean(compute="_compute_can_confirm", groups="base.group_user")
    paper_leading_button = fields.Char(compute="_compute_paper_leading_button", groups="base.group_user")

    @api.model
    def _paper_leads(self):
        """List the buttons that take an order on, as :class:`~odoo.addons.paper_base.lib.lead.Lead`.

        Override to add: call ``super()``, put your own into the list and return it.
        """
        return [Lead("action_confirm", "can_confirm", "confirmed", "confirm")]

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_confirm(self):
        sells = not is_department_reader(self.env)
        for order in self:
            order.can_confirm = sells and order.state in ("draft", "sent")

    @api.depends("paper_timeline", "paper_stage", "paper_stage_ball")
    @api.depends_context("uid", "lang")
    def _compute_paper_leading_button(self):
        leads, stages = self._paper_leads(), [code for code, _name in self._paper_stages()]
        for order in self:
            # sudo: each field judges the person who looks; whether it may be read does not matter to what leads
            system = order.sudo()
            possible = {lead.can for lead in leads if system[lead.can]}
            # What the timeline shows as blocked is asked once for both.
            shown = (order.paper_timeline or {}).get("blockers", [])
            blocked = {item["step"] for item in shown if not item["overridden"]}
            asked = not order.paper_stage_ball  # else the customer has it, and nobody here is waited for
            order.paper_leading_button = asked and leading_button(leads, stages, order.paper_stage, possible, blocked)

    @api.model
    def _paper_count(self, documents):
        """Return how many documents a stat button of an order counts: none to who may not read them, so that it is hidden."""
        return len(documents) if self.env[documents._name].has_access("read") else 0

    def _paper_open_documents(self, documents, name):
        """Return the action of a stat button: the documents that it counts, found with the rights of the system."""
        self.check_access("read")
        return self.env[documents._name].browse(documents.ids)._get_records_action(name=name)

    @api.model
    def _lead_with_one_button(self, arch):
        """Let one button of a paper order's form be primary: the one that leads.

        What Odoo and other addons mark as primary stays so for orders of other goods.
        """
        leads = {lead.button: lead for lead in self._paper_leads()}
        first = {}
        for button in arch.xpath("/form/header//button"):
            lead = leads.get(button.get("name"))
            kept = set((button.get("class") or "").split()) - PRIMARY
            if kept != set((button.get("class") or "").split()):
                plain = self._twin(button, kept)
                button.addnext(plain)
                self._add_condition(button, "invisible", "is_paper_order")
                self._add_condition(plain, "invisible", "not is_paper_order")
                button = plain
            if lead:
                if lead.step:
                    button.set("data-paper-step", lead.step)
                first.setdefault(lead.button, button)
        header = arch.find("header")
        for name, button in first.items():
            leading = self._twin(button, {*(button.get("class") or "").split(), "btn-primary"} - {"btn-secondary"})
            leading.set("invisible", f"paper_leading_button != '{name}'")
            header.insert(0, leading)
        for button in arch.xpath("/form/header//button"):
            if button.get("name") in first and "btn-primary" not in (button.get("class") or ""):
                self._add_condition(button, "invisible", f"paper_leading_button == '{button.get('name')}'")

    @api.model
    def _twin(self, button, classes):
        twin = deepcopy(button)
        twin.attrib.pop("id", None)
        twin.tail = None
        twin.set("class", " ".join(sorted(classes)))
        return twin
