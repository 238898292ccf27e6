from odoo import models

from ..exceptions import PaperError


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_error_html(cls, env, code, values):
        # A customer who meets a rule on a page reads its sentence and a way back, not that something went wrong.
        if isinstance(values.get("exception"), PaperError):
            return code, env["ir.ui.view"]._render_template("paper_base.refusal_page", values)
        return super()._get_error_html(env, code, values)
