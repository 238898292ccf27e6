"""Recipes that a mill has made give their broke no value until somebody says one: costs do not change by themselves."""

from odoo.tools.sql import column_exists


def migrate(cr, version):
    if not column_exists(cr, "mrp_bom", "paper_broke_value"):
        cr.execute("ALTER TABLE mrp_bom ADD COLUMN paper_broke_value numeric DEFAULT 0")
        cr.execute("ALTER TABLE mrp_bom ALTER COLUMN paper_broke_value DROP DEFAULT")
