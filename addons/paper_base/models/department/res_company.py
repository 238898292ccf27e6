from odoo import api, fields, models

MANAGEMENT = "paper_base.group_management"
TO_DO = "mail.mail_activity_data_todo"
# Who is away for everything, not for one seat only.
ABSENT = [("seat", "=", False)]


class ResCompany(models.Model):
    _inherit = "res.company"

    def _paper_tell(self, to, records, summary, kind=None, deadline=None, note=None, activity_type=TO_DO, quietly=False):
        """Put something to do before people, each in the own language, as a to-do of each of the records.

        It goes to those who are here and may open the record only, stand-ins in the place of who is away; where
        nobody is, the management gets it, away or not if need be. Whoever has been told of a record for the same kind
        already is not told again. A department has one to-do: each of its people sees it, and when one of them has
        done it, it is done for all.

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
        known, here = self._paper_told_already(kinds), {}
        reached = {record: self._paper_reachable(to, record, here) for record in records}
        told = told.union(*(people for people, _department in reached.values()))
        told.fetch(["lang"])  # of all of them at once
        for record, (people, department) in reached.items():
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
                    "paper_group_id": department.id,
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

    def _paper_reachable(self, to, record, here):
        """Return the people to be told of a record, the first of ``to`` of whom somebody is here and may open it, and
        the department that they are told as, if they are one.

        :param here: dictionary that keeps who of each of ``to`` is here, and who is away, so that many records ask once
        """
        to = to(record) if callable(to) else to
        for group in (*(to if isinstance(to, tuple) else (to,)), MANAGEMENT):
            if group not in here:
                if None not in here:
                    here[None] = self.env["paper.delegation"]._of_today(self, ABSENT)
                here[group] = self._paper_people_of(group)._paper_here(self, here[None])
            people = here[group].filtered(lambda user: record.with_user(user).has_access("read"))
            if people:
                return people, self.env.ref(group) if isinstance(group, str) else self.env["res.groups"]
        management = self._paper_people_of(MANAGEMENT)._paper_works_for(self)
        return management.filtered(lambda user: record.with_user(user).has_access("read")), self.env["res.groups"]

    def _paper_department_users(self, department):
        """Return the active people of a department in this company.

        :param department: xmlid of the group, for example ``paper_base.group_legal``
        """
        self.ensure_one()
        return self._paper_group_users(self.env.ref(department))

    def _paper_group_users(self, group):
        """Return the active people of a department in this company, of ``res.groups``."""
        self.ensure_one()
        # sudo: whoever moves the order has to reach the department, not to read its people
        return group.sudo().all_user_ids.filtered(lambda user: user.active and self in user.company_ids)

    def _paper_people_of(self, group):
        return self._paper_department_users(group) if isinstance(group, str) else group

    # To people outside, by whatever channel the mill has

    def _paper_send(self, partners, record, subject, body, secret=False, attachments=None, kind=None):
        """Send something to people outside, in each receiver's language, on every channel of the mill.

        :param partners: ``res.partner``
        :param record: document that it is about
        :param subject: text, or function of the record in the receiver's language
        :param body: text of trusted HTML, or function as the subject
        :param secret: it holds what only the receiver may see, such as a link to sign: no colleague can read it
            afterwards, neither in the chatter nor in the outgoing mail
        :param attachments: ``ir.attachment``
        :param kind: xmlid of the ``paper.mail.kind`` that customers may do without; None: it is always sent
        :return: the partners that a channel was found for
        """
        self.ensure_one()
        reached = partners.browse()
        for lang, receivers in partners._paper_wanting(kind).grouped("lang").items():
            there = record.with_context(lang=lang)
            words = {
                "subject": subject(there) if callable(subject) else subject,
                "body": body(there) if callable(body) else body,
            }
            for channel in self._paper_channels():
                reached |= channel(receivers, record, secret=secret, attachments=attachments, **words)
        return reached

    def _paper_channels(self):
        """Return the methods that send: ``method(partners, record, subject, body, secret, attachments)`` → reached.

        Override to add a channel, such as SMS or 企业微信.
        """
        return [self._paper_send_mail]

    def _paper_send_mail(self, partners, record, subject, body, secret=False, attachments=None):
        receivers = partners.filtered("email")
        if not receivers:
            return receivers
        files = attachments.ids if attachments else []
        if secret:
            # Past the chatter, in the company's name: an author could read the mail.
            mails = [
                {
                    "subject": subject,
                    "body_html": body,
                    "email_to": partner.email_formatted,
                    "email_from": self.email_formatted,
                    "author_id": self.partner_id.id,
                    "auto_delete": True,
                    "attachment_ids": [fields.Command.link(file) for file in files],
                }
                for partner in receivers
            ]
            self.env["mail.mail"].sudo().create(mails)  # sudo: nobody of the mill may read what is sent
        else:
            # sudo: the document speaks for the company, whoever takes the step
            record.sudo().message_post(
                subject=subject,
                body=body,
                partner_ids=receivers.ids,
                attachment_ids=files,
                author_id=self.partner_id.id,
                subtype_xmlid="mail.mt_comment",
            )
        return receivers
