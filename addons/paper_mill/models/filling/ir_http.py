from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell the web client how far the demo mill is filled, as long as it is not whole."""
        info = super().session_info()
        progress = self.env.user._is_internal() and self.env["paper.mill.demo"].progress()
        if progress:
            info["paper_mill_demo"] = progress
        return info
