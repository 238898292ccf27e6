from odoo import api, models

MANAGEMENT = "paper_base.group_management"
TO_DO = "mail.mail_activity_data_todo"


class ResCompany(models.Model):
    _inherit = "res.company"

    def _paper_tell(self, to, records, summary, kind=None, deadline=None, note=None, activity_type=TO_DO, quietly=False):
        """Put something to do before people, each in the own language, as a to-do of each of the records.

        It goes to those who are here and may open the record only; where nobody of them is, the management gets it.
        Whoever has been told of a record for the same kind already is not told again.

        :param to: ``res.users``, the xmlid of a department's group, or a tuple of these: the first of whom
            somebody is here; or a function of the record that returns one of these
        :param records: documents with activities
        :param summary: what is to be done in a few words: text, or a function of the record in the reader's language
        :param kind: what it is for, and what :meth:`_paper_told` ends; the state of a record that moves by steps
            unless given, so that it ends with this state
        :param deadline: date; today where the company works unless given
        :param note: text or function, as the summary
        :param activity_type: xmlid
        :param quietly: no mail besides the to-do
        :return: ``res.users``, everybody who has it before them
        """
        self.ensure_one()
        values, told = [], self.env["res.users"]
        # sudo: departments are reached by whoever moves the record, who may neither see them nor their to-dos
        records = records.sudo()
        kinds = {record: kind or self._paper_kind_of(record) for record in records}
        known = self._paper_told_already(kinds)
        for record in records:
            people = self._paper_reachable(to, record)
            told |= people
            people = people.filtered(lambda user, record=record: (record.id, kinds[record], user.id) not in known)
            for lang, readers in people.grouped("lang").items():
                there = record.with_context(lang=lang)
                shared = {
                    "activity_type_id": self.env["ir.model.data"]._xmlid_to_res_id(activity_type),
                    "res_model_id": self.env["ir.model"]._get_id(record._name),
                    "res_id": record.id,
                    "date_deadline": deadline or self._paper_today(),
                    "summary": summary(there) if callable(summary) else summary,
                    "note": note(there) if callable(note) else note,
                    "paper_kind": kinds[record],
                    "automated": True,
                }
                values += [{**shared, "user_id": user.id} for user in readers]
        if values:
            activities = self.env["mail.activity"].sudo()  # sudo: see above
            activities.with_context(mail_activity_quick_update=quietly).create(values)
        return told.sudo(False)

    @api.model
    def _paper_told(self, records, kind=None):
        """End what people were told of these records for a kind, or several; for every kind if none is given.

        What people put on the records themselves stays.
        """
        domain = [("res_model", "=", records._name), ("res_id", "in", records.ids)]
        kinds = (kind,) if isinstance(kind, str) else kind
        domain.append(("paper_kind", "in", kinds) if kinds else ("paper_kind", "!=", False))
        # sudo: the to-dos of a whole department end with what one of its people did
        self.env["mail.activity"].sudo().search(domain).unlink()

    def _paper_kind_of(self, record):
        """Return what a record tells people for unless it is said: its state."""
        field = getattr(record, "_step_field", None)
        return record[field] if field in record._fields else "told"

    def _paper_told_already(self, kinds):
        records = next(iter(kinds), self).browse(record.id for record in kinds)
        # sudo: see _paper_tell
        found = self.env["mail.activity"].sudo().search_fetch(
            [("res_model", "=", records._name), ("res_id", "in", records.ids), ("paper_kind", "in", list(kinds.values()))],
            ["res_id", "paper_kind", "user_id"],
        )
        return {(activity.res_id, activity.paper_kind, activity.user_id.id) for activity in found}

    def _paper_reachable(self, to, record):
        """Return the people to be told of a record: the first of ``to`` of whom somebody is here and may open it."""
        to = to(record) if callable(to) else to
        for group in (*(to if isinstance(to, tuple) else (to,)), MANAGEMENT):
            users = self._paper_department_users(group) if isinstance(group, str) else group
            people = users._paper_here(self).filtered(lambda user: record.with_user(user).has_access("read"))
            if people:
                return people
        return self.env["res.users"]
