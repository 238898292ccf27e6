"""Orders by mail are an addon of their own: a mill that had them keeps them, with the addresses of its channels."""

from odoo.addons.paper_base.moving import hand_over


def migrate(cr, version):
    hand_over(cr, "paper_order_intake", "paper_order_intake_mail")
