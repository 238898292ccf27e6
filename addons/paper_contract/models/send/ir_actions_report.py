from odoo import models

OWN_PAGES = {
    "paper_contract.report_contract",
    "paper_contract.report_contract_case",
    "paper_contract.report_contract_copy",
}


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _get_layout(self):
        """Print contracts on a page of their own that fetches nothing from the server.

        The page is the document that is signed: it shall not depend on a theme, and it is printed within the
        step that sends or signs, where the printer could wait for a style sheet that waits for this step.
        """
        if self.report_name in OWN_PAGES:
            return self.env.ref("paper_contract.report_contract_page")
        return super()._get_layout()
