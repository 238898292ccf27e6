from odoo.addons.paper_base.moving import hand_over


def pre_init_hook(env):
    """Take over what the evaluation of orders held of it until now, where it is upgraded."""
    hand_over(env.cr, "paper_order_evaluation", "paper_capacity")


def post_init_hook(env):
    """Take up the work orders that are planned already, and the hours in which machines are closed."""
    env["paper.slot.reservation"]._mirror_all()
