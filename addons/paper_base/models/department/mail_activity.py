from odoo import api, fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    paper_kind = fields.Char(
        string="Told for",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="What the system told this person for: a state of the document, or a cause of its own. It ends with it.",
    )

    def _paper_hand_over(self):
        """Give the to-dos of people who left to their colleagues who may do them."""
        for activity in self:
            record = self.env[activity.res_model].browse(activity.res_id).exists()
            if record:
                activity._paper_company(record)._paper_tell(
                    activity.user_id._paper_departments(),
                    record,
                    activity.summary,
                    kind=activity.paper_kind,
                    deadline=activity.date_deadline,
                    note=activity.note,
                )
        self.unlink()

    def _paper_company(self, record):
        return ("company_id" in record._fields and record.company_id) or self.env.company

    @api.model
    def _paper_name_kinds(self):
        """Say of the system's to-dos that say it nowhere what they are for: their deadline, or their document's state."""
        for name in self.env.registry.descendants(["paper.step.mixin"], "_inherit"):
            model = self.env.get(name)
            if model is None or model._abstract or not model._auto:
                continue
            found = self.search([("res_model", "=", name), ("automated", "=", True), ("paper_kind", "=", False)])
            for activity in found:
                record = model.browse(activity.res_id).exists()
                due = "deadline_date" in record._fields and record.deadline_date == activity.date_deadline
                activity.paper_kind = "due" if record and due else record and self.env.company._paper_kind_of(record)
