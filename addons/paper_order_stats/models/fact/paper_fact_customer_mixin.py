from odoo import fields, models


class PaperFactCustomerMixin(models.AbstractModel):
    """Facts of what customers were delivered and said: they stand on an order, and on its customer and paper."""

    _name = "paper.fact.customer.mixin"
    _inherit = ["paper.fact.mixin"]
    _description = "Facts of Customers"
    _auto = False
    _log_access = False

    order_id = fields.Many2one("sale.order", string="Order", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    grade_id = fields.Many2one("paper.grade", readonly=True)
