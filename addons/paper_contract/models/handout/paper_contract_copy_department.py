from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PaperContractCopyDepartment(models.Model):
    """A department that gets a copy of every contract in force, in one company or in all (R4.1.3). Kept by the
    management; a department that may read contracts gets the signed copy, any other one without prices.
    """

    _name = "paper.contract.copy.department"
    _description = "Department that Gets Contract Copies"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    department_id = fields.Many2one(
        "res.groups",
        string="Department",
        required=True,
        ondelete="cascade",
        domain=lambda self: [("privilege_id.category_id", "=", self.env.ref("paper_base.module_category_paper").id)],
    )
    company_id = fields.Many2one("res.company", help="Empty: in every company.")
    active = fields.Boolean(default=True)
    with_prices = fields.Boolean(compute="_compute_with_prices", help="The department's rights say whether it sees prices.")

    _department_uniq = models.UniqueIndex(
        "(department_id, COALESCE(company_id, 0))", "This department is listed already."
    )

    @api.depends("department_id")
    def _compute_with_prices(self):
        reader = self.env.ref("paper_contract.group_contract_reader")
        for row in self:
            # sudo: the list shows what a department's rights entail to whom may not read groups
            row.with_prices = reader in row.sudo().department_id.all_implied_ids

    @api.depends("department_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.sudo().department_id.name  # sudo: only the name of the group is shown

    @api.constrains("department_id")
    def _check_department(self):
        category = self.env.ref("paper_base.module_category_paper")
        for row in self:
            # sudo: see _compute_with_prices
            if row.sudo().department_id.privilege_id.category_id != category:
                raise ValidationError(self.env._("“%(group)s” is no department of the mill.", group=row.display_name))

    @api.model
    def _departments(self, company):
        """Return the groups that get a copy in ``company``."""
        # sudo: whoever signs last hands out the copies
        rows = self.sudo().search([("company_id", "in", (False, company.id))])
        return rows.department_id
