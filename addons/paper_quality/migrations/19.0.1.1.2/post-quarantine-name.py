from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """A quarantine that nobody renamed is called so in the language of its company."""
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True, "active_test": False})
    for warehouse in env["stock.warehouse"].search([("paper_quarantine_loc_id", "!=", False)]):
        place = warehouse.paper_quarantine_loc_id
        if place.name == f"{warehouse.code} Quarantine":
            place.name = warehouse._quarantine_name()
