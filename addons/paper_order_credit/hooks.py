"""Installing: what the order intake held of credit until it got an addon of its own belongs to that."""

from odoo.addons.paper_base.moving import hand_over


def pre_init_hook(env):
    hand_over(env.cr, "paper_order_intake", "paper_order_credit")
