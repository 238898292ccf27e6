"""The completeness review is an addon of its own: a mill that had it keeps it, with its records."""

from odoo.addons.paper_base.moving import hand_over


def migrate(cr, version):
    hand_over(cr, "paper_order_intake", "paper_order_completeness")
