from odoo import api, fields, models
from odoo.tools import float_compare
from odoo.tools.misc import formatLang

from ...exceptions import CallOffError


class SaleOrderLine(models.Model):
    """A line of a call-off lies within a line of its framework: the same paper at the same price (R4.1.1)."""

    _inherit = "sale.order.line"

    paper_called_kg = fields.Float(
        string="Called off (kg)", digits=(16, 3), compute="_compute_paper_called_kg", compute_sudo=True, groups="base.group_user"
    )
    paper_remaining_kg = fields.Float(
        string="Left (kg)", digits=(16, 3), compute="_compute_paper_called_kg", compute_sudo=True, groups="base.group_user"
    )

    @api.depends("order_id.paper_call_off_ids.state", "order_id.paper_framework_id", "paper_weight_kg")
    def _compute_paper_called_kg(self):
        for line in self:
            agreed = line if line.order_id._paper_type_rule("called_off_from") else line._framework_line()
            line.paper_called_kg = agreed._called_kg() if agreed else 0.0
            line.paper_remaining_kg = agreed.paper_weight_kg - line.paper_called_kg if agreed else 0.0

    def _framework_line(self):
        """Return the line of the framework that this line of a call-off lies within, empty if none."""
        self.ensure_one()
        for line in self.order_id.paper_framework_id.order_line:
            if line.product_id == self.product_id and not self._differing_facts(line):
                return line
        return self.browse()

    def _differing_facts(self, agreed):
        """Return the labels of what differs from the specification agreed on; what the call-off leaves open is agreed."""
        spec, other = self.paper_spec_id, agreed.paper_spec_id
        if spec == other:
            return []
        if not spec or not other:
            return [self._fields["paper_spec_id"]._description_string(self.env)]
        own, theirs = spec._contract_terms(), other._contract_terms()
        names = [name for name in spec._agreed_fields() if own[name] and own[name] != theirs[name]]
        found = [spec._fields[name]._description_string(self.env) for name in names]
        if own["limits"] and own["limits"] != theirs["limits"]:
            found.append(spec._fields["limit_ids"]._description_string(self.env))
        return found

    def _outside_framework(self):
        """Return a sentence for each thing of this line that is not agreed in the framework."""
        self.ensure_one()
        name = self.paper_spec_id.display_name or self.product_id.display_name
        agreed = self._framework_line()
        if not agreed:
            return [self._not_agreed_sentence(name)]
        price, agreed_price = self._price_per_kg(), agreed._price_per_kg()
        if float_compare(price, agreed_price, precision_digits=5):
            return [
                self.env._(
                    "%(paper)s: the price of %(price)s a tonne is not the agreed %(agreed)s.",
                    paper=name,
                    price=formatLang(self.env, price * 1000, digits=2),
                    agreed=formatLang(self.env, agreed_price * 1000, digits=2),
                )
            ]
        return []

    def _not_agreed_sentence(self, name):
        framework = self.order_id.paper_framework_id
        same = framework.order_line.filtered(lambda line: line.product_id == self.product_id)
        if not same:
            return self.env._(
                "%(product)s is not in the framework contract %(framework)s.",
                product=self.product_id.display_name,
                framework=framework.name,
            )
        facts = min((self._differing_facts(line) for line in same), key=len)
        return self.env._(
            "%(paper)s: not as agreed in %(framework)s: %(facts)s.", paper=name, framework=framework.name, facts=", ".join(facts)
        )

    def _price_per_kg(self):
        """Return the price of a kg after discount; by the unit where that is no weight."""
        self.ensure_one()
        price, kg = self.price_unit * (1 - self.discount / 100), self.env["uom.uom"]._kilogram()
        if not self.product_uom_id._has_common_reference(kg):
            return price
        return price / self.product_uom_id._compute_quantity(1, kg, round=False)

    def _called_kg(self, without=None):
        """Return what the confirmed call-offs take of this line of a framework, in kg.

        :param without: a call-off that does not count
        """
        self.ensure_one()
        orders = self.order_id.paper_call_off_ids.filtered(lambda order: order.state == "sale" and order != without)
        return sum(line.paper_weight_kg for line in orders.order_line if line._framework_line() == self)

    def _prepare_call_off_line(self):
        """Return the values of a line that is called off from this one, its quantity left open."""
        self.ensure_one()
        return {
            "product_id": self.product_id.id,
            "product_uom_id": self.product_uom_id.id,
            "paper_spec_id": self.paper_spec_id.id,
            "paper_unit": self.paper_unit,
            "price_unit": self.price_unit,
            "discount": self.discount,
        }

    @api.constrains("paper_spec_id", "paper_quantity", "paper_unit", "product_uom_qty", "price_unit", "discount")
    def _check_call_off(self):
        """Keep confirmed call-offs within their framework, and a framework above what was called off from it."""
        # sudo: the rule is the same whatever the user may read
        for line in self.sudo().filtered(lambda rec: rec.is_paper and rec.state == "sale"):
            order = line.order_id
            if order.paper_framework_id:
                order._claim_frameworks(of_confirmed=True)
                found = order._call_off_blockers()
                if found:
                    raise order._blocked_error("change", {order: found})
            elif order._paper_type_rule("called_off_from") and line._called_kg() > line.paper_weight_kg + 0.001:
                raise CallOffError(
                    self.env._(
                        "%(weight)s kg of %(paper)s were called off already: less cannot be agreed.",
                        weight=formatLang(self.env, line._called_kg(), digits=0),
                        paper=line.paper_spec_id.display_name,
                    )
                )
