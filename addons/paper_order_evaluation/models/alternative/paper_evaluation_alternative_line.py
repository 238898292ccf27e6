from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ...exceptions import AlternativeError


class PaperEvaluationAlternativeLine(models.Model):
    """What an alternative changes on one line of the order: another quantity, or figures of a nearby specification."""

    _name = "paper.evaluation.alternative.line"
    _inherit = ["paper.amount.mixin", "paper.step.mixin"]
    _description = "Changed Line of an Alternative"

    _order = "alternative_id, id"
    _paper_amounts = ("quantity",)
    _field_error = AlternativeError

    alternative_id = fields.Many2one("paper.evaluation.alternative", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="alternative_id.company_id", store=True)
    order_id = fields.Many2one(related="alternative_id.order_id")
    order_line_id = fields.Many2one(
        "sale.order.line", string="Order Line", required=True, ondelete="cascade", index=True,
        domain="[('order_id', '=', order_id)]",
    )
    paper_unit = fields.Selection(related="order_line_id.paper_unit", string="Unit")
    change_quantity = fields.Boolean(string="Other Quantity")
    quantity = fields.Float(digits=(16, 3), help="In the unit that the customer ordered in. 0 leaves the line out.")
    spec_changes = fields.Json(by_steps=True)
    delivery_date = fields.Date(string="Delivery offered", help="Of this line. Empty: the date that the customer asked for.")
    summary = fields.Char(compute="_compute_summary")

    @api.depends("order_line_id", "quantity", "change_quantity", "spec_changes", "delivery_date")
    @api.depends_context("lang")
    def _compute_summary(self):
        for line in self:
            line.summary = line._customer_text() if line.order_line_id else ""

    def _paper_amount_name(self):
        return self.order_line_id.display_name

    @api.constrains("order_line_id", "spec_changes", "alternative_id")
    def _check_order(self):
        for line in self:
            if line.order_line_id.order_id != line.alternative_id.order_id:
                raise AlternativeError(self.env._("An alternative changes the lines of its own order."))
            if set(line.spec_changes or {}) - set(self.env["paper.spec"]._agreed_fields()):
                raise AlternativeError(self.env._("An alternative changes figures of the specification alone."))

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not self._is_step():
            lines.alternative_id._check_editable()
        return lines

    def write(self, vals):
        if self._is_step():
            return super().write(vals)
        self.alternative_id._check_editable()
        result = super().write(vals)
        self.alternative_id._check_editable()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_offered(self):
        if not self._is_step():
            self.alternative_id._check_editable()

    def _refused_hand_message(self, names):
        return self.env._("A nearby specification is computed from what the machines can make.")

    def _customer_text(self):
        """Return the change of this line in the language of ``self``."""
        self.ensure_one()
        _ = self.env._
        ordered = self.order_line_id
        paper = ordered.paper_spec_id.display_name or ordered.product_id.display_name
        parts = []
        if self.spec_changes:
            changes = ", ".join(self._figure_text(name) for name in self.spec_changes)
            parts.append(_("%(paper)s with %(changes)s", paper=paper, changes=changes))
        if self.change_quantity and not self.quantity:
            return _("without %(paper)s", paper=paper)
        if self.change_quantity:
            unit = dict(ordered._paper_units()).get(ordered.paper_unit, "")
            amounts = {
                "quantity": self._shown_figure(self.quantity),
                "ordered": self._shown_figure(ordered.paper_quantity),
                "unit": unit,
            }
            if self.spec_changes:
                parts.append(_("%(quantity)s %(unit)s instead of %(ordered)s %(unit)s", **amounts))
            else:
                parts.append(_("%(quantity)s %(unit)s of %(paper)s instead of %(ordered)s %(unit)s", paper=paper, **amounts))
        if self.delivery_date:
            date = self.company_id._paper_date(self.delivery_date)
            if parts:
                parts.append(_("delivery on %(date)s", date=date))
            else:
                parts.append(_("%(paper)s: delivery on %(date)s", paper=paper, date=date))
        return ", ".join(parts)

    def _figure_text(self, name):
        spec = self.order_line_id.paper_spec_id
        field = spec._fields[name]
        label = field._description_string(self.env)
        return self.env._(
            "%(figure)s %(new)s instead of %(old)s",
            figure=label,
            new=self._shown_value(field, self.spec_changes[name]),
            old=self._shown_value(field, spec[name].id if field.type == "many2one" else spec[name]),
        )

    def _shown_value(self, field, value):
        if field.type == "many2one":
            return self.env[field.comodel_name].browse(value).display_name if value else "–"
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "–")
        return self._shown_figure(value) if isinstance(value, (int, float)) else value or "–"

    def _shown_figure(self, value):
        digits = next((count for count in range(3) if round(value, count) == round(value, 3)), 3)
        return formatLang(self.env, value, digits=digits)
