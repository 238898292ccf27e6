import logging

from odoo import api, fields, models
from odoo.addons.paper_contract.models.draft.paper_contract import LEGAL, MANAGEMENT

_logger = logging.getLogger(__name__)


class PaperContractCheck(models.Model):
    """One check of a company's archive of contracts: every entry of the register against the one before it, every file
    against its hash, every contract in force against what it said, and its order against its terms. Made each night and
    whenever somebody asks for it; legal and management are told of what it finds (R4.1.3).
    """

    _name = "paper.contract.check"
    _description = "Check of the Contract Archive"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.contract.part"]
    _order = "id desc"
    _rec_name = "checked_on"

    _all_by_steps = True
    _kept = True

    company_id = fields.Many2one("res.company", required=True, index=True)
    checked_on = fields.Datetime(required=True)
    user_id = fields.Many2one("res.users", string="Asked for by")
    entry_count = fields.Integer(string="Entries Checked")
    contract_count = fields.Integer(string="Contracts Checked")
    document_count = fields.Integer(string="Files Checked")
    finding_ids = fields.One2many("paper.contract.finding", "check_id", string="Findings")
    finding_count = fields.Integer()
    head = fields.Char(
        string="Hash of the Last Entry",
        help="Note it outside the system: a later check must still know an entry with this hash.",
    )

    @api.model
    def _run(self, companies):
        """Check the archives of the companies and return the checks, with their findings."""
        # sudo: a check is of everything, whoever asks for it
        checks = self.sudo().browse()
        for company in companies:
            result = self.env["paper.contract.register"].sudo()._verify(company)
            findings = result.pop("findings")
            checks |= self.sudo()._by_step().create(
                {
                    **result,
                    "company_id": company.id,
                    "checked_on": fields.Datetime.now(),
                    "user_id": self.env.uid,
                    "finding_count": len(findings),
                    "finding_ids": [fields.Command.create({**item, "company_id": company.id}) for item in findings],
                }
            )
        checks.filtered("finding_count")._tell()
        checks.finding_ids.filtered(lambda finding: finding.kind == "order").contract_id._tell_moved()
        return checks

    def _tell(self):
        """Put what was found before legal and management."""
        for check in self:
            company = check.company_id
            for department in (LEGAL, MANAGEMENT):
                company._paper_tell(
                    department,
                    check,
                    lambda rec: rec.env._("Archive of contracts: %(count)s findings", count=rec.finding_count),
                    quietly=True,
                )
            for finding in check.finding_ids:
                _logger.error("archive of contracts, %s: %s", company.name, finding.message)

    @api.model
    def _cron_check(self):
        """Check the archives of all companies."""
        for company in self.env["res.company"].search([]):
            self._run(company)

    @api.model
    def action_check_now(self):
        """Check the archives of the companies that are open, and show the result."""
        self.check_access("read")
        return self._run(self.env.companies)._result_action()

    def _result_action(self):
        """Return the action that shows the result of the checks."""
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Check of the Archive"),
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": [("id", "in", self.ids)],
            "context": {"create": False},
        }
        if len(self) == 1:
            action |= {"res_id": self.id, "view_mode": "form", "views": [(False, "form")]}
        return action
