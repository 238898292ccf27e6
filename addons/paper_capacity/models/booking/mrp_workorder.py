from odoo import api, models
from odoo.addons.paper_base.models.steps.permit import ServerToken

# The key is public, its value is not: a client's context holds plain JSON, never an instance of the class below.
KEY = "paper_begun_work"

# The time of a work order that has begun is what it is: it stands in nobody's way, and nobody in its.
BEGUN = ("progress", "done", "cancel")


class BegunWork(ServerToken):
    """Says whose hours stand in the list of slots as used already, while their work orders begin: nobody has to look for them."""

    def __new__(cls, leaves):
        token = super().__new__(cls, KEY)
        token.leave_ids = frozenset(leaves.ids)
        return token

    @classmethod
    def leaves_of(cls, env):
        token = env.context.get(KEY)
        return env["resource.calendar.leaves"].browse(token.leave_ids if isinstance(token, cls) else ())


class MrpWorkorder(models.Model):
    _inherit = "mrp.workorder"

    @api.model_create_multi
    def create(self, vals_list):
        works = super().create(vals_list)
        works.leave_id._paper_mirror()
        return works

    def write(self, vals):
        if vals.get("workcenter_id"):
            self._paper_check_machine(self.env["mrp.workcenter"].browse(vals["workcenter_id"]))
        if vals.get("state") in BEGUN:
            # sudo: as in the list itself
            slots = self.env["paper.slot.reservation"].sudo()
            used = slots.search_fetch([("workorder_id", "in", self.ids), ("state", "=", "firm")])
            used._release("used")
            known = self.with_context(**{KEY: BegunWork(used.leave_id)})
            result = super(MrpWorkorder, known).write(vals)
        else:
            result = super().write(vals)
        if vals.get("leave_id"):
            self.leave_id._paper_mirror()
        return result
