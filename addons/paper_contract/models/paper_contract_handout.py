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
        created = copies.with_context(mail_create_nosubscribe=True, tracking_disable=True)._by_step().create(
            [
                {"contract_id": contract.id, "company_id": contract.company_id.id, "department_id": department.id}
                for department in departments - known
            ]
        )
        created._clock_start(contract.company_id.paper_copy_read_days)
        created._tell_departments(created._clock_words)
        return created

    def _tell_departments(self, summary):
        """Put the copies before everybody of their departments, not with a mail to each; ends when the copy is moved on."""
        for (company, deadline), copies in self.grouped(lambda copy: (copy.company_id, copy.deadline_date)).items():
            company._paper_tell(lambda copy: copy._clock_users(), copies, summary, deadline=deadline, quietly=True)

    def _end(self):
        """Tell the departments that the contract of their copies has ended."""
        open_copies = self.filtered(lambda copy: copy.state != "ended")
        if open_copies:
            open_copies._follow_to("ended")

    def _action_ended(self):
        self._clock_stop()
        self._tell_departments(
            lambda copy: copy.env._("Contract %(contract)s has ended: stop working on it", contract=copy.name)
        )


class PaperContract(models.Model):
    _inherit = "paper.contract"

    copy_ids = fields.One2many(
        "paper.contract.copy",
        "contract_id",
        string="Copies",
        groups="paper_contract.group_contract_reader",
        by_steps=True,
    )

    def _distribute(self):
        """Hand the copies of the contract to the departments that work on it (R4.1.3)."""
        for contract in self:
            self.env["paper.contract.copy"]._distribute(contract)
