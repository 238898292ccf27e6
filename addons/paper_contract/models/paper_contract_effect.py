from odoo import fields, models

# Who gets a copy of a contract in force, so that the departments can start their work (R4.1.3).
COPIES = ("paper_base.group_planning", "paper_base.group_purchasing", "paper_base.group_logistics")


class PaperContract(models.Model):
    _inherit = "paper.contract"

    def _enter_into_force(self):
        """Put a contract that both sides have signed in force: print the signed copy, lock the specifications,
        confirm the order, tell the customer and hand out the copies (R4.1.3 to R4.2.2).
        """
        self.ensure_one()
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
        order.order_line.paper_spec_id._lock()
        if order.state != "sale":
            order._validate_order()
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])  # sudo: see _cancel
        self._distribute()
        self._log(self.env._("In force. %(order)s is confirmed.", order=order.name))

    def _distribute(self):
        """Hand the copy of the contract to the departments that work on it."""
        self.ensure_one()
        users = self.env["res.users"]
        for department in COPIES:
            users |= self.company_id._paper_department_users(department)
        # sudo: the copy goes to people whom the signer may not see
        # The copies are a to-do of the department, not a mail to each of its people.
        contract = self.sudo().with_context(mail_activity_quick_update=True)
        activity_type = self.env.ref("mail.mail_activity_data_todo")
        self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "automated": True,
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": contract.id,
                    "summary": self.env._("Copy of contract %(contract)s: read it", contract=self.name),
                    "user_id": user.id,
                    "date_deadline": self.company_id._paper_today(),
                }
                for user in users
            ]
        )
