from odoo import api, fields, models


class PaperContractCopy(models.Model):
    _inherit = "paper.contract.copy"


    @api.model
    def _distribute(self, contract):
        """Hand out the copies of a contract that has come into force, as a to-do of each department's people.

        :param contract: ``paper.contract`` in force
        :return: the new copies
        """
        # sudo: the copies go to departments and people whom the signer may not see
        copies = self.sudo()
        departments = self.env["paper.contract.copy.department"]._departments(contract.company_id)
        known = copies.search([("contract_id", "=", contract.id)]).department_id
        created = copies.with_context(mail_create_nosubscribe=True, tracking_disable=True).create(
            [
                {"contract_id": contract.id, "company_id": contract.company_id.id, "department_id": department.id}
                for department in departments - known
            ]
        )
        created._clock_start(contract.company_id.paper_copy_read_days)
        created._ask_departments(lambda copy: copy._clock_summary())
        return created

    def _ask_departments(self, summary):
        """Give everybody of the copies' departments a to-do; ``summary`` makes its text from a copy."""
        activity_type = self.env.ref("mail.mail_activity_data_todo")
        model = self.env["ir.model"]._get_id(self._name)
        values = []
        for copy in self:
            for user in copy._clock_users():
                text = summary(copy.with_context(lang=user.lang))
                values.append(
                    {
                        "activity_type_id": activity_type.id,
                        "automated": True,
                        "res_model_id": model,
                        "res_id": copy.id,
                        "summary": text,
                        "user_id": user.id,
                        "date_deadline": copy.deadline_date or copy.company_id._paper_today(),
                    }
                )
        # sudo: the copies are a to-do of people whom the signer may not see, and not a mail to each of them
        self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).create(values)

    def _end(self):
        """Tell the departments that the contract of their copies has ended."""
        open_copies = self.sudo().filtered(lambda copy: copy.state != "ended")  # sudo: see _distribute
        open_copies.activity_ids.unlink()
        open_copies._clock_stop()
        open_copies.write({"state": "ended"})
        open_copies._ask_departments(
            lambda copy: copy.env._("Contract %(contract)s has ended: stop working on it", contract=copy.name)
        )


class PaperContract(models.Model):
    _inherit = "paper.contract"

    copy_ids = fields.One2many(
        "paper.contract.copy",
        "contract_id",
        string="Copies",
        readonly=True,
        groups="paper_contract.group_contract_reader",
    )

    def _distribute(self):
        """Hand the copies of the contract to the departments that work on it (R4.1.3)."""
        for contract in self:
            self.env["paper.contract.copy"]._distribute(contract)

    def _cancel(self, reason):
        result = super()._cancel(reason)
        self.sudo().copy_ids._end()  # sudo: who ends the contract need not be of the departments
        return result
