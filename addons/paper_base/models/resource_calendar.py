from odoo import api, models


class ResourceCalendarAttendance(models.Model):
    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    # Booked work orders are leaves of one resource, and many: only a company's own days off count.

    @api.model_create_multi
    def create(self, vals_list):
        if any(not vals.get("resource_id") for vals in vals_list):
            self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if "resource_id" in vals or self._any_company_wide():
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        if self._any_company_wide():
            self.env.registry.clear_cache()
        return super().unlink()

    def _any_company_wide(self):
        return any(not leave.resource_id for leave in self)
