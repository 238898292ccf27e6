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

    paper_group_id = fields.Many2one(
        "res.groups", string="Told to the Department", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )

    def _action_done(self, feedback=False, attachment_ids=None):
        shared = self._paper_of_colleagues()
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        shared.exists().unlink()
        return result

    def _paper_of_colleagues(self):
        """Return, in sudo, what the colleagues of a department have before them because of the same cause."""
        shared = self.filtered("paper_group_id").sudo()  # sudo: the to-dos of colleagues are nobody's to read
        if not shared:
            return shared
        keys = {(rec.res_model, rec.res_id, rec.paper_kind, rec.paper_group_id.id) for rec in shared}
        domain = [
            ("res_model", "in", shared.mapped("res_model")),
            ("res_id", "in", shared.mapped("res_id")),
            ("paper_group_id", "in", shared.paper_group_id.ids),
            ("id", "not in", shared.ids),
        ]
        found = shared.search(domain)
        return found.filtered(lambda rec: (rec.res_model, rec.res_id, rec.paper_kind, rec.paper_group_id.id) in keys)

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
