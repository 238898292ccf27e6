from odoo import fields, models


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    def _floor_open_checks(self, work=None):
        """Return the checklists of the machine that are due and not gone through: of this shift, of the work order."""
        self.ensure_one()
        # sudo: the tablet shows them to whoever works there
        lists = self.env["paper.checklist"].sudo().search([("workcenter_id", "=", self.id), ("moment", "!=", "need")])
        if not lists:
            return lists
        company = self.company_id or self.env.company
        day, shift = company._paper_shift(fields.Datetime.now())
        # sudo: as above
        reports = self.env["paper.checklist.report"].sudo().search([("checklist_id", "in", lists.ids)], limit=200)
        done = reports.filtered(
            lambda rep: (
                (rep.shift_date, rep.shift) == (day, shift)
                if rep.checklist_id.moment == "shift"
                else bool(work) and rep.workorder_id == work
            )
        )
        due = lists.filtered(lambda one: one.moment == "shift" or work)
        return due - done.checklist_id
