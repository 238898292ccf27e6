from odoo import models


class PaperContract(models.Model):
    _inherit = "paper.contract"

    def _prepare_in_force_values(self):
        # The database guards what is in force: what was written before has to be there before.
        self.env.flush_all()
        return {"signed_id": self._print("signed").id}

    def _action_in_force(self):
        """Confirm the order of a contract that both sides have signed: lock the specifications, tell the customer, hand
        out the copies, enter it in the register (R4.1.3 to R4.2.2). Override to do more.
        """
        for contract in self:
            contract._link_revoke("sign")
            # sudo: the last signature confirms, whoever gives it; a customer has no right to orders
            order = contract.sudo().order_id
            contract._take_effect(order)
            contract._distribute()
            contract._log(self.env._("In force. %(order)s is confirmed.", order=order.name))
            self.env["paper.contract.register"]._enter(contract, "in_force")

    def _take_effect(self, order):
        """Lock what was agreed and confirm the order. Override for what changes an order that is confirmed."""
        self.ensure_one()
        order.order_line.paper_spec_id._lock()
        if order.state != "sale":
            order._validate_order()
