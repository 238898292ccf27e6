from odoo import api, fields, models
from odoo.fields import Domain

from .paper_intake_message import WAITING
from .paper_intake_message_problem import FIGURE_FIELDS

# Which field a fault is mended in, where the fault itself does not name it.
FAULT_FIELDS = {
    "missing_number": ["number"],
    "tolerance_out_of_range": ["tolerance"],
    "diameter_range_backwards": ["diameter_min"],
    "width_above_deckle": ["width"],
    "core_not_below_outside": ["core_diameter"],
    "sheet_with_reel_figures": ["length"],
    "duplicate_row": ["number"],
    "number_ordered": ["number"],
    "no_customer": ["partner_id"],
    "no_product": ["product_id"],
    "no_price_list": ["currency_id"],
    "unknown_currency": ["currency_id"],
}


class PaperIntakeMessage(models.Model):
    """The screen on which a person mends what was misread: each reason at its field, what came beside it, one after
    the other."""

    _inherit = "paper.intake.message"

    field_reasons = fields.Json(compute="_compute_field_reasons")
    other_reasons = fields.Text(string="Other Reasons", compute="_compute_field_reasons")
    waiting_position = fields.Char(compute="_compute_waiting_position")

    @api.depends("problems", "state")
    @api.depends_context("lang")
    def _compute_field_reasons(self):
        for message in self:
            at_field, others = {}, []
            for code, params in message.problems or [] if message.state in WAITING else []:
                text = self._problem_sentence(code, params)
                names = self._fault_fields(code, params or {})
                for name in names:
                    at_field[name] = "\n".join(filter(None, [at_field.get(name), text]))
                if not names:
                    others.append(text)
            message.field_reasons = at_field
            message.other_reasons = "\n".join(others)

    @api.model
    def _fault_fields(self, code, params):
        """Return the fields that a fault is mended in; none where it is the whole arrival's."""
        if code in FAULT_FIELDS:
            return FAULT_FIELDS[code]
        named = FIGURE_FIELDS.get(params.get("field"), params.get("field"))
        return [named] if named in self._fields else []

    # One after the other

    @api.model
    def _mending_domain(self):
        """Return the arrivals that the user goes through: what waits, is read, and is not with the customer."""
        return Domain("state", "in", WAITING) & Domain("asked_on", "=", False) & Domain("pending", "=", False)

    def _mending_ids(self):
        """Return the ids of the arrivals to go through: the user's own where he has this one, else all of them."""
        self.ensure_one()
        domain = self._mending_domain() & Domain("company_id", "=", self.company_id.id)
        if self.handler_id == self.env.user:
            domain &= Domain("handler_id", "=", self.env.uid)
        return self.search(domain | Domain("id", "=", self.id)).ids

    @api.depends("state", "asked_on")
    def _compute_waiting_position(self):
        for message in self:
            ids = message._mending_ids() if message.id and len(self) == 1 else []
            message.waiting_position = f"{ids.index(message.id) + 1} / {len(ids)}" if message.id in ids else False

    def action_process_next(self):
        """Make the order, or say what still keeps it from one; once it is made, go to the next that waits (R3.1.2)."""
        self.ensure_one()
        ids = self._mending_ids()
        self.action_process()
        if self.state in WAITING:
            return False
        return self._open_neighbour(ids, 1)

    def action_next(self):
        """Go to the next arrival that waits."""
        self.ensure_one()
        return self._open_neighbour(self._mending_ids(), 1)

    def action_previous(self):
        """Go to the arrival before this one that waits."""
        self.ensure_one()
        return self._open_neighbour(self._mending_ids(), -1)

    def _open_neighbour(self, ids, step):
        place = ids.index(self.id)
        around = [*ids[place + 1 :], *ids[:place]] if step > 0 else [*ids[:place][::-1], *ids[place + 1 :][::-1]]
        if not around:
            action = self.env["ir.actions.act_window"]._for_xml_id("paper_order_intake.action_paper_intake_message")
            return {**action, "target": "main"}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Arrivals"),
            "res_model": self._name,
            "res_id": around[0],
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "main",
        }
