from odoo.addons.paper_base.exceptions import OrderBlockedError


class DyeBlockedError(OrderBlockedError):
    step = "dye"
