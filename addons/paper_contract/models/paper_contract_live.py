from odoo import models

# What a milestone of the order speaks of.
SHOWN = {"state", "customer_signed_on", "company_signed_on"}


class PaperContract(models.Model):
    _inherit = "paper.contract"

    def write(self, vals):
        result = super().write(vals)
        if SHOWN & vals.keys():
            # sudo: whoever takes the step moves the order's status, which all departments follow
            self.sudo().order_id._paper_status_changed()
        return result


class PaperContractCopy(models.Model):
    _inherit = "paper.contract.copy"

    def action_confirm_read(self):
        result = super().action_confirm_read()
        self.sudo().order_id._paper_status_changed()  # sudo: see paper.contract
        return result
