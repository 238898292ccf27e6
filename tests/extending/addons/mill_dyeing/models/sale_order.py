from odoo import api, fields, models

from ..exceptions import DyeBlockedError

WORKSHOP = "paper_base.group_workshop"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    colour = fields.Char()
    dyed_on = fields.Date()

    # A milestone of its own, after production.

    @api.model
    def _paper_stages(self):
        stages = super()._paper_stages()
        place = [code for code, _name in stages].index("produced") + 1
        return [*stages[:place], ("dyed", self.env._("Dyeing")), *stages[place:]]

    def _get_milestones(self):
        milestones = super()._get_milestones()
        for order in self.filtered("colour"):
            state = "done" if order.dyed_on else "todo"
            milestones[order].append(
                self._paper_milestone("dyed", self.env._("Dyed"), state, date=order.dyed_on, department="workshop")
            )
        return milestones

    # A step that can be blocked, with its error; and a blocker.

    @api.model
    def _paper_steps(self):
        return {**super()._paper_steps(), "dye": self.env._("Dye the paper")}

    @api.model
    def _paper_step_error(self, step):
        return DyeBlockedError if step == "dye" else super()._paper_step_error(step)

    def _paper_open_steps(self):
        steps = super()._paper_open_steps()
        return [*steps, "dye"] if self.colour and self.state == "sale" and not self.dyed_on else steps

    def _get_blockers(self, step):
        blockers = super()._get_blockers(step)
        for order in self.filtered("is_paper_order") if step == "dye" else ():
            if not order.colour:
                text = self.env._("%(order)s names no colour.", order=order.name)
                blockers[order].append(self._paper_blocker("no_colour", text, self._open_order_action(), role=None))
            elif order.state != "sale":
                blockers[order].append(order._unconfirmed_blocker())
        return blockers

    def action_dye(self):
        self._check_blockers("dye")
        return self.write({"dyed_on": self.company_id._paper_today()})

    # Live: who has the order open sees it move.

    @api.model
    def _paper_live_fields(self):
        return super()._paper_live_fields() | {"colour", "dyed_on"}

    @api.depends("colour", "dyed_on")
    def _compute_paper_timeline(self):
        return super()._compute_paper_timeline()
