from odoo import api, models
from odoo.tools.misc import formatLang

# What is compared side by side, in the order of the screen.
COMPARED = (
    "partner_id",
    "product_id",
    "number",
    "weight",
    "tolerance",
    "basis_weight",
    "caliper",
    "width",
    "length",
    "diameter_min",
    "diameter_max",
    "core_diameter",
    "commitment_date",
    "payment_term_id",
    "quality_requirement",
)

class PaperIntakeMessage(models.Model):
    _inherit = "paper.intake.message"

    def _compared_side(self):
        """Return what the comparison shows of this arrival: its head, and each value in words."""
        self.ensure_one()
        # sudo: the reader of a suspicion sees the names that stand in the arrivals
        message = self.sudo()
        head = {
            "title": message.channel_id.name,
            "subtitle": message.order_id.name or message.display_name,
            "received": message.company_id._paper_moment(message.received_on),
            "handler": message.handler_id.name or "",
            "state": dict(message._fields["state"]._description_selection(self.env))[message.state],
            "raw": message.raw or "",
        }
        return {"head": head, "values": {name: message._compared_value(name) for name in COMPARED}}

    def _compared_value(self, name):
        value = self[name]
        kind = self._fields[name].type
        if name == "partner_id":
            return value.commercial_partner_id.display_name or ""
        if kind == "many2one":
            return value.display_name or ""
        if kind == "datetime":
            return self.company_id._paper_date(value)
        return self._compared_figure(name, value) if kind == "float" else value or ""

    @api.model
    def _compared_figure(self, name, value):
        if not value:
            return ""
        text = formatLang(self.env, value, digits=3)
        point = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").decimal_point or "."
        return text.rstrip("0").rstrip(point) if point in text else text
