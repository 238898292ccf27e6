"""What joins maintenance and quality to the machines is called after the capacity that they are about."""

from odoo.addons.paper_base.moving import rename_addon


def migrate(cr, version):
    for joined in ("maintenance", "quality"):
        rename_addon(cr, f"paper_order_evaluation_{joined}", f"paper_capacity_{joined}")
