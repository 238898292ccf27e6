"""What joins contract and after-sales to the credit review is called after it."""

from odoo.addons.paper_base.moving import rename_addon


def migrate(cr, version):
    for joined in ("contract", "aftersales"):
        rename_addon(cr, f"paper_{joined}_order_intake", f"paper_{joined}_order_credit")
