from odoo.addons.paper_base.moving import hand_over


def pre_init_hook(env):
    """Take over the specification of a lot, which the quality addon held until now, where it is upgraded."""
    hand_over(env.cr, "paper_quality", "paper_roll")
