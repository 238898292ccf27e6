from odoo import api, fields, models


class PaperCustomerMaterial(models.Model):
    """How much of the customer's pulp has come, was used, and is left (R5.3.1)."""

    _inherit = "paper.customer.material"

    received_kg = fields.Float(string="Received (kg)", digits=(16, 3), compute="_compute_balance", compute_sudo=True)
    used_kg = fields.Float(string="Used (kg)", digits=(16, 3), compute="_compute_balance", compute_sudo=True)
    returned_kg = fields.Float(string="Given Back (kg)", digits=(16, 3), compute="_compute_balance", compute_sudo=True)
    left_kg = fields.Float(string="Left (kg)", digits=(16, 3), compute="_compute_balance", compute_sudo=True)

    @api.depends("order_id.paper_toll_picking_ids.move_ids.state", "quantity_kg", "product_id")
    def _compute_balance(self):
        for material in self:
            order, product = material.order_id, material.product_id
            came = order.paper_toll_picking_ids.move_ids.filtered(lambda move, p=product: move.product_id == p)
            used = order._paper_productions().move_raw_ids.filtered(lambda move, p=product: move.product_id == p)
            owner = order._material_owner()
            material.received_kg = material._done_kg(came.filtered(lambda move: move.location_dest_id.usage == "internal"), owner)
            material.returned_kg = material._done_kg(came.filtered(lambda move: move.location_id.usage == "internal"), owner)
            material.used_kg = material._done_kg(used, owner)
            material.left_kg = material.received_kg - material.returned_kg - material.used_kg

    def _done_kg(self, moves, owner):
        """Return how much of the customer's own was moved, in kg."""
        kg = self.env["uom.uom"]._kilogram()
        lines = moves.filtered(lambda move: move.state == "done").move_line_ids.filtered(lambda line: line.owner_id == owner)
        return sum(line.product_uom_id._compute_quantity(line.quantity, kg, round=False) for line in lines)

    def _lacking_kg(self):
        self.ensure_one()
        return max(self.quantity_kg - self.received_kg, 0.0)

    def _in_product_uom(self, quantity_kg):
        kg, uom = self.env["uom.uom"]._kilogram(), self.product_id.uom_id
        return kg._compute_quantity(quantity_kg, uom, rounding_method="HALF-UP")
