from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .paper_figures_hidden import hides_prices


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    paper_with_prices = fields.Boolean(string="Names Prices", readonly=True, groups=fields.NO_ACCESS)

    _paper_with_prices = models.Index("(id) WHERE paper_with_prices")

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if not hides_prices(self.env):
            return result
        # sudo: the mark is nobody's to read
        marked = self.browse(self.sudo().filtered("paper_with_prices").ids)
        if not marked:
            return result
        forbidden = marked | result[0] if result else marked
        return forbidden, lambda: AccessError(self.env._("Your department works without prices, and this paper names them."))

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if hides_prices(self.env) and not bypass_access:
            # sudo: see _check_access
            marked = self.sudo()._search([("paper_with_prices", "=", True)], bypass_access=True)
            domain = Domain(domain)
            named = {condition.field_expr for condition in domain.iter_conditions()}
            if not named & {"id", "res_field"} and not self.env.context.get("skip_res_field_check"):
                # What a search leaves out unless it names them: it does so no more once our condition names the id.
                domain &= Domain("res_field", "=", False)
            domain &= Domain("id", "not in", marked)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)
