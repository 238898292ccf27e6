from odoo import fields, models


class PaperContract(models.Model):
    _inherit = "paper.contract"

    def _enter_into_force(self):
        """Put a contract that both sides have signed in force: print the signed copy, lock the specifications,
        confirm the order, tell the customer and hand out the copies (R4.1.3 to R4.2.2).
        """
        self.ensure_one()
        # The database guards what is in force: what was written before has to be there before.
        self.env.flush_all()
        document = self._print("signed")
        self._set(
            {
                "state": "in_force",
                "in_force_on": fields.Datetime.now(),
                "signed_id": document.id,
                "sign_token": False,
                "sign_token_expires": False,
            }
        )
        # sudo: the last signature confirms, whoever gives it; a customer has no right to orders
        order = self.sudo().order_id
        self._take_effect(order)
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])  # sudo: see _cancel
        self._distribute()
        self._log(self.env._("In force. %(order)s is confirmed.", order=order.name))

    def _take_effect(self, order):
        """Lock what was agreed and confirm the order. Override for what changes an order that is confirmed."""
        self.ensure_one()
        order.order_line.paper_spec_id._lock()
        if order.state != "sale":
            order._validate_order()
