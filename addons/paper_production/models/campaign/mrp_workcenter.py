from odoo import fields, models


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    paper_freeze_hours = fields.Float(
        string="Freeze Fence (h)",
        help="What begins on this machine within so many hours is not moved any more: pulp is being prepared for it.",
    )

    _paper_freeze_range = models.Constraint("CHECK(paper_freeze_hours >= 0)", "A freeze fence is no negative time.")

    def _paper_frozen_until(self, now):
        """Return the moment up to which nothing that is planned on the machine is moved.

        :param now: moment (UTC, naive)
        """
        self.ensure_one()
        return fields.Datetime.add(now, hours=self.paper_freeze_hours)
