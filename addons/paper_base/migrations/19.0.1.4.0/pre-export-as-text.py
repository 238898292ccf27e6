"""Exports as text are an addon of their own; a mill that had them keeps them."""

from odoo.addons.paper_base.moving import hand_over


def migrate(cr, version):
    hand_over(cr, "paper_base", "web_export_as_text")
