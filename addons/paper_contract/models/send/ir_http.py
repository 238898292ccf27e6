from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        # The form in which the customer signs speaks his language.
        return [*super()._get_translation_frontend_modules_name(), "paper_contract"]
