from odoo import api, fields, models

PLACE = ("street", "street2", "city", "zip", "country_id")


class ResPartner(models.Model):
    _inherit = "res.partner"

    paper_tolerance_plus = fields.Float(
        string="Accepts more by (%)",
        digits=(5, 2),
        groups="base.group_user",
        help="Quantity tolerance that this customer accepts in contracts; 0 and 0 if nothing is known.",
    )
    paper_tolerance_minus = fields.Float(string="Accepts less by (%)", digits=(5, 2), groups="base.group_user")

    _paper_tolerance_positive = models.Constraint(
        "CHECK(paper_tolerance_plus >= 0 AND paper_tolerance_minus >= 0)", "A quantity tolerance cannot be negative."
    )

    def _contract_place(self):
        """Return the address as plain values, so that a contract knows whether it still names the same place."""
        self.ensure_one()
        return [self[name].id if name == "country_id" else self[name] for name in PLACE]

    @api.model
    def _place_fields(self):
        return set(PLACE)

    @api.model
    def _signed_address(self, place):
        """Return a place that :meth:`_contract_place` gave, and a contract kept, as one line of text."""
        return self._of_place(place)._paper_address()

    @api.model
    def _of_place(self, place):
        return self.new(dict(zip(PLACE, place, strict=True)))

    def write(self, vals):
        result = super().write(vals)
        if self._place_fields() & vals.keys():
            self._contracts_with_place()._tell_moved()
        return result

    def _contracts_with_place(self):
        """Return the contracts in force by which goods are delivered to these contacts."""
        # sudo: see _tell_moved
        return self.env["paper.contract"].sudo().search(
            [
                ("state", "=", "in_force"),
                ("parent_id", "=", False),
                "|",
                ("order_id.partner_shipping_id", "in", self.ids),
                ("order_id.order_line.paper_shipping_id", "in", self.ids),
            ]
        )
