from odoo import models

# What waits until a person has decided whether the order came twice.
HELD_STEPS = ("evaluate", "contract", "confirm")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_blockers(self, step):
        blockers = super()._get_blockers(step)
        if step in HELD_STEPS:
            for order in self.filtered("website_id"):
                for suspicion in order._open_suspicions():
                    blockers[order].append(order._suspicion_blocker(suspicion))
        return blockers

    def _open_suspicions(self):
        # sudo: the rule holds for whoever meets it
        suspicions = self.sudo().intake_message_ids.filtered(lambda rec: rec.form == "web_order").suspicion_ids
        return suspicions.filtered(lambda rec: rec.state == "open")

    def _suspicion_blocker(self, suspicion):
        """Return what holds a web order that seems to have come before; the customer learns no more than that it waits."""
        if not self.env.user._is_internal():
            return self._paper_blocker("suspected_duplicate", self.env._("The mill is still reviewing this order."), role=None)
        other = suspicion.other_message_id or suspicion.other_order_id
        text = self.env._("It looks like %(other)s, which came before. Compare them and decide.", other=other.display_name)
        # sudo: the opposite, whoever opens it reads it by his own rights
        action = suspicion.sudo(False)._get_records_action(name=self.env._("Suspected Duplicates"))
        return self._paper_blocker("suspected_duplicate", text, action, role=None)
