from odoo import api, models


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    # Booked work orders are leaves of one resource, and many: only a company's own days off count.

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        if leaves._any_company_wide():
            self.env["paper.calendar.day"]._calendar_changed()
        return leaves

    def write(self, vals):
        counted = self._any_company_wide()
        result = super().write(vals)
        if counted or self._any_company_wide():
            self.env["paper.calendar.day"]._calendar_changed()
        return result

    def unlink(self):
        counted = self._any_company_wide()
        result = super().unlink()
        if counted:
            self.env["paper.calendar.day"]._calendar_changed()
        return result

    def _any_company_wide(self):
        return any(not leave.resource_id for leave in self)
