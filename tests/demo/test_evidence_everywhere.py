"""Evidence of every model, tried by every department and the administrator on the demo mill."""

import base64

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

DEPARTMENTS = (
    "sales", "planning", "purchasing", "technical", "finance", "credit", "legal", "supervisor", "workshop", "quality",
    "equipment", "warehouse", "logistics", "management", "online",
)  # fmt: skip
FAKE = base64.b64encode(b"fake")


@tagged("post_install", "-at_install")
class TestEvidenceEverywhere(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls.env["res.users"].search([("login", "in", [*DEPARTMENTS, "admin"])])
        cls.users = users.filtered(lambda user: not user.share)
        # The demo mill has no supplement, whose lines only steps make.
        contract = cls.env["paper.contract"].search([("state", "=", "in_force")], limit=1)
        contract.with_user(users.filtered(lambda user: user.login == "sales")).action_draft_supplement()
        cls.without = {}
        cls.documents = [
            name
            for name, model in sorted(cls.env.registry.items())
            if hasattr(model, "_evidence") and name != "ir.attachment" and not (model._abstract or model._transient)
        ]

    def _closed(self, model):
        """Return one record of the model that is evidence, one with a file of a field where there is one.

        Where the demo mill has only open ones, one of them is taken for closed.
        """
        every = self.env[model].with_context(active_test=False).search([])
        if not every:
            try:
                with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                    every = self._made(model)
            except (UserError, IntegrityError) as refused:
                # Part of another document, which its own rules let nobody make alone.
                self.without[model] = str(refused)
                self.assertLess(len(self.without), 6, self.without)
                return every
        records = every._evidence()
        if every and not records:
            self.patch(type(every), "_evidence", lambda self: self)
            records = every
        files = self.env["ir.attachment"].search([("res_model", "=", model), ("res_field", "!=", False)])
        signed = records.filtered(lambda record: record.id in set(files.mapped("res_id")))
        return (signed or records)[:1]

    def _made(self, model):
        """Return a new record of a model that the demo mill has none of, with whatever it needs."""
        records = self.env[model]
        day = fields.Date.add(self.env.company._paper_today(), days=1)
        file = base64.b64encode(b"%PDF-1.4 made")
        by_type = {"integer": 1, "float": 1.0, "date": day, "datetime": day, "binary": file, "json": {}}
        values = {}
        for name, field in records._fields.items():
            if not (field.required and field.store) or field.default or (field.compute and not field.inverse and field.readonly):
                continue
            if field.type == "many2one":
                there = self.env[field.comodel_name].search([], limit=1)
                values[name] = (there or self._made(field.comodel_name)).id
            elif field.type == "selection":
                values[name] = field.get_values(self.env)[0]
            else:
                values[name] = by_type.get(field.type, "x")
        values = {**values, **self._what_it_asks_for(model)}
        if model == "paper.blocker.override":
            # Whether anything blocks an order of the demo mill is of no matter here.
            self.patch(type(records), "_override_values", lambda self, vals: {**vals, "user_id": self.env.uid})
        return (records._by_step() if hasattr(records, "_by_step") else records).create(values)

    def _what_it_asks_for(self, model):
        contract = self.env["paper.contract"].search([("state", "=", "in_force")], limit=1)
        return {
            "paper.performance.suspension": {"order_id": contract.order_id.id},
            "paper.delegation": {"stand_in_id": False, "user_id": self.env.uid},
            "paper.intake.suspicion": {"other_order_id": contract.order_id.id},
            "paper.contract.question": {"contract_id": contract.id},
            "paper.partner.change": {"new_values": {"city": "长沙"}, "old_values": {"city": "岳阳"}},
            "paper.case.decision": {"ticket_id": self._open_case().id},
            "paper.case.meeting": {"ticket_id": self._open_case().id},
            "paper.case.event": {"ticket_id": self._open_case().id},
            "paper.customer.notice": {"ticket_id": self._open_case().id},
            "paper.visit.finding": {"visit_id": self.env["paper.quality.visit"].search([("state", "=", "planned")], limit=1).id},
            "paper.aftersales.summary": {"date_from": self.env.company._paper_today().replace(day=1)},
            "paper.ticket.question": {
                "group_id": self.env.ref("paper_base.group_quality").id,
                "ticket_id": self.env["helpdesk.ticket"].search([("closed", "=", False)], limit=1).id,
            },
        }.get(model, {})

    def _open_case(self):
        return self.env["helpdesk.ticket"].search([("stage_id.closed", "=", False), ("severity", "=", "general")], limit=1)

    def _may_be_closed(self, records):
        own = type(records)._evidence is not type(records.env["paper.step.mixin"])._evidence
        states = records._evidence_states
        return own or bool(states) or (states is None and records._evidence_first_state())

    def _who_may_write(self, record):
        """Return the people whose department writes the document, and the administrator: the others are refused anyway."""
        admin = self.env.ref("base.user_admin")
        return self.users.filtered(lambda user: user == admin or record.with_user(user).has_access("write"))

    def _refused(self, what, user, attempt):
        with self.subTest(what=what, user=user.login), mute_logger("odoo.models", "odoo.sql_db"):
            try:
                with self.env.cr.savepoint():
                    attempt()
                    self.env.flush_all()
                    raise AssertionError("it passed")
            except UserError:
                pass
            self.env.invalidate_all()

    def test_each_model_says_so(self):
        """R4.1.3, R7.3.1: each document of the house has evidence in the demo mill, but for those named."""
        with_messages = {model for model in self.documents if "message_ids" in self.env[model]._fields}
        self.assertGreater(len(with_messages), 25)
        for model in sorted(with_messages):
            with self.subTest(model=model):
                self.assertTrue(self._closed(model))
        never = {model for model in with_messages if not self._may_be_closed(self.env[model])}
        self.assertEqual(never, set(), "no state of these is evidence")

    def test_files_and_messages_stay(self):
        """R4.1.3, R5.3.2, R6.3.2, R7.3.1: what is attached to a closed document or written on it stays, whoever asks."""
        for model in self.documents:
            record = self._closed(model)
            if not record:
                continue
            file = self.env["ir.attachment"].create(
                {"name": "scan.pdf", "res_model": model, "res_id": record.id, "raw": b"true"}
            )
            fields = self.env["ir.attachment"].search(
                [("res_model", "=", model), ("res_id", "=", record.id), ("res_field", "!=", False)], limit=1
            )
            message = self.env["mail.message"]
            if "message_ids" in record._fields:
                message = record.message_post(body="so it was", attachments=[("letter.pdf", b"letter")])
            for user in self._who_may_write(record):
                for kept in file | fields | message.attachment_ids:
                    self._try_file(model, kept, user)
                if message:
                    self._try_message(model, message, user)

    def _try_file(self, model, kept, user):
        file = kept.with_user(user)
        other = user.partner_id
        for what, attempt in {
            "unlink": file.unlink,
            "datas": lambda: file.write({"datas": FAKE}),
            "raw": lambda: file.write({"raw": b"fake"}),
            "name": lambda: file.write({"name": "other.pdf"}),
            "mimetype": lambda: file.write({"mimetype": "text/plain"}),
            "move": lambda: file.write({"res_model": "res.partner", "res_id": other.id}),
            "public": lambda: file.write({"public": True}),
            "token": file.generate_access_token,
        }.items():
            self._refused(f"{model} {kept.res_field or 'file'}: {what}", user, attempt)

    def _try_message(self, model, kept, user):
        message, own = kept.with_user(user), self.env[model].with_user(user).browse(kept.res_id)
        for what, attempt in {
            "unlink": message.unlink,
            "body": lambda: message.write({"body": "ALTERED"}),
            "author": lambda: message.write({"author_id": user.partner_id.id}),
            "date": lambda: message.write({"date": "2020-01-01"}),
            "files": lambda: message.write({"attachment_ids": [Command.clear()]}),
            "move": lambda: message.write({"res_id": 0}),
            "content": lambda: own._message_update_content(message, body="ALTERED"),
        }.items():
            self._refused(f"{model} message: {what}", user, attempt)

    def test_closed_documents_stay(self):
        """R4.1.3, R7.3.1: nobody deletes or archives a closed document; a client's mark of an uninstallation opens nothing."""
        for model in self.documents:
            record = self._closed(model)
            for user in self._who_may_write(record) if record else ():
                own = record.with_user(user)
                self._refused(f"{model}: unlink", user, own.unlink)
                self._refused(f"{model}: unlink as if uninstalled", user, own.with_context(_force_unlink=True).unlink)
                if record._active_name and record._kept_in_view():
                    self._refused(f"{model}: archive", user, own.action_archive)

    def test_who_is_named_stays(self):
        """R3.4, R4.1.2: who decided, or wrote on a document, is not deleted; it is said where the name stands."""
        for model, column in (
            ("res.users", "paper.contract.review.reviewer_id"),
            ("res.users", "paper.credit.review.decided_by_id"),
        ):
            name, field = column.rsplit(".", 1)
            person = self.env[name].search([(field, "!=", False)], limit=1)[field]
            self.assertEqual(person._name, model)
            with self.assertRaises(UserError) as refused, self.env.cr.savepoint():
                person.unlink()
            self.assertIn("Archive it instead", str(refused.exception))
        found = [
            f"{model._name}.{field.name}"
            for model in self.env.registry.values()
            if hasattr(model, "_evidence") and model._auto and not (model._abstract or model._transient)
            for field in model._fields.values()
            if field.store and field.type == "many2one" and field.comodel_name in ("res.users", "res.partner")
            if (field._module or "").startswith("paper_") and field.name not in ("create_uid", "write_uid")
            if field.ondelete not in ("restrict", "cascade")
        ]
        self.assertEqual(found, [])
        # What the fields say stands in the database, also of columns that were there before.
        self.env.cr.execute(
            """SELECT r.relname || '.' || a.attname FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
                 JOIN pg_class f ON f.oid = c.confrelid JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = c.conkey[1]
                WHERE c.contype = 'f' AND c.confdeltype = 'n' AND f.relname IN ('res_users', 'res_partner')
                  AND a.attname NOT IN ('create_uid', 'write_uid') AND r.relname = ANY(%s)""",
            [[self.env[name]._table for name in self.documents if name.startswith("paper.")]],
        )
        self.assertEqual(self.env.cr.fetchall(), [])


@tagged("post_install", "-at_install")
class TestOwnName(TransactionCase):
    """Nobody writes in the name of somebody else, on whatever record that has messages."""

    def test_on_every_model(self):
        """R4.1.2, R4.1.3: another author, sender or day is refused on every model, by every way to write."""
        user = self.env["res.users"].search([("login", "=", "sales")])
        legal = self.env["res.users"].search([("login", "=", "legal")]).partner_id
        models = [
            name
            for name, model in sorted(self.env.registry.items())
            if hasattr(model, "message_post") and not (model._abstract or model._transient) and model._auto
        ]
        self.assertGreater(len(models), 40)
        forged = ({"author_id": legal.id}, {"email_from": legal.email_formatted}, {"date": "2020-01-01 00:00:00"})
        for model in models:
            record = self.env[model].with_user(user).sudo().with_context(active_test=False).search([], limit=1).sudo(False)
            if not record:
                continue
            for values in forged:
                for what, attempt in {
                    "message_post": lambda record=record, values=values: record.message_post(body="x", **values),
                    "mail.message": lambda record=record, values=values: record.env["mail.message"].create(
                        {"model": record._name, "res_id": record.id, "body": "x", **values}
                    ),
                    "default": lambda record=record, values=values: record.env["mail.message"]
                    .with_context(**{f"default_{key}": value for key, value in values.items()})
                    .create({"model": record._name, "res_id": record.id, "body": "x"}),
                }.items():
                    with self.subTest(model=model, what=what, values=values), self.assertRaises(UserError):
                        with self.env.cr.savepoint():
                            attempt()

    def test_letters_and_notices(self):
        """R4.1.3: a letter by the composer, a notice and a mail of a template are of who sends them."""
        user = self.env["res.users"].search([("login", "=", "sales")])
        legal = self.env["res.users"].search([("login", "=", "legal")])
        contract = self.env["paper.contract"].search([], limit=1).with_user(user)
        notice = contract.message_notify(
            body="x", partner_ids=legal.partner_id.ids, author_id=legal.partner_id.id, email_from=legal.email_formatted
        )
        self.assertEqual(notice.author_id, user.partner_id)
        composer = contract.env["mail.compose.message"].with_context(
            default_model="paper.contract", default_res_ids=contract.ids, default_composition_mode="comment"
        )
        forged = {"author_id": legal.partner_id.id, "email_from": legal.email_formatted, "body": "x"}
        with self.assertRaises(UserError), self.env.cr.savepoint():
            composer.create(forged)._action_send_mail()
        letter = composer.create({"email_from": legal.email_formatted, "body": "x"})._action_send_mail()[1]
        self.assertEqual((letter.author_id, letter.email_from), (user.partner_id, user.email_formatted))
        template = self.env["mail.template"].search([("model", "=", "sale.order")], limit=1).with_user(user)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            template.send_mail(contract.order_id.id, email_values={"author_id": legal.partner_id.id})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            contract.env["mail.thread"].message_process("paper.contract", "From: legal@example.com\nSubject: x\n\nx")
