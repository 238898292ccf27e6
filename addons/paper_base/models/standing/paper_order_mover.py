from odoo import api, models


class PaperOrderMover(models.AbstractModel):
    """A document that a milestone of orders speaks of: when it moves, the orders stand elsewhere (R4.2.2).

    A model names the fields that matter in ``_moves_orders`` and, where it is not ``order_id``, what leads to the orders.
    """

    _name = "paper.order.mover"
    _description = "Document that Moves Orders"

    _moves_orders = ("state",)

    def _moved_orders(self):
        """Return the orders whose milestones speak of these documents. Override where it is not ``order_id``."""
        return self.order_id

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._tell_moved_orders()
        return records

    def write(self, vals):
        moves = any(name in vals for name in self._moves_orders)
        left = self.sudo()._moved_orders() if moves else None  # sudo: see _tell_moved_orders
        result = super().write(vals)
        if moves:
            self._tell_moved_orders(left)
        return result

    def unlink(self):
        orders = self.sudo()._moved_orders()  # sudo: see _tell_moved_orders
        result = super().unlink()
        orders.exists()._paper_status_changed()
        return result

    def _tell_moved_orders(self, left=None):
        """Tell the orders of these documents, and those that they have ``left``, once each."""
        # sudo: whoever moves a document moves the status of its orders, which all departments follow
        orders = self.sudo()._moved_orders()
        (orders | left if left else orders)._paper_status_changed()
