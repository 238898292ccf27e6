from odoo import fields, models


class MrpWorkorder(models.Model):
    _inherit = "mrp.workorder"

    paper_set_ids = fields.One2many("paper.floor.set", "workorder_id", string="Sets on the Floor")

    def _floor_makes(self):
        """Say whether this work makes the rolls of its order: it is the last operation, so that they count once."""
        self.ensure_one()
        live = self.production_id.workorder_ids.filtered(lambda work: work.state != "cancel")
        return not live or self == live.sorted(lambda work: (work.sequence, work.id))[-1:]
