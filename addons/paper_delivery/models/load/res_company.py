from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_checker_not_picker = fields.Boolean(
        string="Another Person Checks the Loading", help="Whoever is responsible for picking a delivery does not check it."
    )
    paper_scan_loading = fields.Boolean(
        string="Load by Scan", help="Each roll is scanned onto its trip before the loading check passes."
    )
