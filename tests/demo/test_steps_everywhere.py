"""No hand writes what only steps write: every document of the demo mill, on every path, as one department in turn and the
administrator; as every department in `./mill trial doors --part rights`."""

import os
from collections import Counter
from contextlib import contextmanager
from datetime import date, datetime

from odoo.addons.paper_base.tests.forging import REFUSED
from odoo.addons.paper_mill.tests.test_departments import DEPARTMENTS
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError, InternalError

PEOPLE = (*DEPARTMENTS, "admin")


class Undo(Exception):
    """Ends a try, so that the next one meets the same records."""

# Of feedback one that is open, as those of the years before the system are not.
FIRST = {"helpdesk.ticket": "id"}


@tagged("post_install", "-at_install")
class TestStepsEverywhere(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls.env["res.users"].search([("login", "in", PEOPLE)])
        cls.people = users.sorted(lambda user: PEOPLE.index(user.login))
        cls.models = [
            name
            for name in sorted(cls.env.registry.descendants(["paper.step.mixin"], "_inherit", "_inherits"))
            if name in cls.env and not cls.env[name]._abstract and not cls.env[name]._transient
        ]

    def _guarded(self, name):
        """Return the stored fields of a model that no hand writes, in no state."""
        model = self.env[name]
        return [
            model._fields[field]
            for field in model._step_fields()
            if model._by_hand(field) == {} and model._fields[field].store and model._fields[field].column_type
        ]

    def _forged(self, field, record):
        """Return a value that neither the field of the record has nor a new record would have of itself."""
        own = record[field.name]
        plain = field.default(record) if field.default else None
        if field.type == "selection":
            known = {own, plain, self._of_a_copy(field, record)}
            return next((value for value in field.get_values(self.env) if value not in known), None)
        if field.type == "many2one":
            # sudo: whatever there is
            other = self.env[field.comodel_name].sudo().search([("id", "!=", own.id)], limit=1)
            return other.id or None
        if field.type == "many2one_reference":
            return 987654
        return {
            "boolean": not (own or plain),
            "integer": 987654,
            "float": 987654.0,
            "monetary": 987654.0,
            "date": date(2031, 1, 2),
            "datetime": datetime(2031, 1, 2, 3, 4, 5),
            "json": {"forged": True},
            "html": "<p>forged</p>",
        }.get(field.type, "forged")

    def _of_a_copy(self, field, record):
        """Return what a copy of the record works out for a field by itself; None for a field that is not worked out."""
        if not (record and field.compute):
            return None
        with self.env.cr.savepoint() as savepoint:
            try:
                return record.copy()[field.name]
            except (*REFUSED, IntegrityError, InternalError):
                return None
            finally:
                savepoint.rollback()
                self.env.invalidate_all()

    def _holds(self, record, field, forged):
        own = record[field.name]
        return (own.id if field.type == "many2one" else str(own) if field.type == "html" else own) == forged

    @contextmanager
    def _tried(self, counts, path, what):
        """Count how a try ended; whatever it did is undone."""
        try:
            with self.env.cr.savepoint():
                yield
                self.env.flush_all()
                counts[path, "ignored"] += 1
                raise Undo
        except Undo:
            pass
        except REFUSED + (IntegrityError, InternalError):
            counts[path, "refused"] += 1
        finally:
            self.env.invalidate_all()

    @staticmethod
    def _say(counts, stamped, what):
        """Print how the tries ended; `./mill test` shows lines that begin so."""
        ends = ", ".join(f"{path} {how} {number}" for (path, how), number in sorted(counts.items()))
        print(f"counted: steps: {what}: {sum(counts.values())} tries, {len(stamped)} stamped: {ends}")

    def test_adopters(self):
        """R4.1.3, R5.1.2: the documents that people decide on move by steps."""
        expected = {
            "paper.dispatch.notice",
            "paper.quality.visit",
            "paper.credit.review",
            "paper.contract",
            "paper.evaluation",
            "paper.evaluation.opinion",
            "paper.evaluation.question",
            "paper.intake.message",
            "qc.inspection",
            "paper.production.plan",
            "helpdesk.ticket",
        }
        self.assertLessEqual(expected, set(self.models))
        for name in sorted(expected):
            with self.subTest(model=name):
                self.assertTrue(self._guarded(name), "it names nothing that only its steps write")

    @mute_logger("odoo.sql_db", "odoo.models", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_no_hand_on_any_path(self):
        """R4.1.3, R5.1.2: write, import, copy, default in the context and server action, of every department and the
        administrator, with and without sudo, stamp nothing."""
        counts, stamped, turn = Counter(), [], 0
        for name in self.models:
            # sudo: a record of the demo mill, whoever may read it
            record = self.env[name].sudo().search([], limit=1, order=FIRST.get(name))
            for field in self._guarded(name):
                forged = self._forged(field, record)
                if forged is None:
                    continue
                turn += 1
                for user in self._hands(turn):
                    stamped += self._defaults(record, field, forged, user, counts)
                    stamped += self._writes(record, field, forged, user, counts) if record else []
                if record:
                    # The costly paths take the people in turn, field by field.
                    stamped += self._others(record, field, forged, self.people[turn % len(self.people)], counts)
        tries = sum(counts.values())
        fields = sum(len(self._guarded(name)) for name in self.models)
        self._say(counts, stamped, f"{len(self.models)} documents, {fields} fields, {len(self.people)} people")
        self.assertFalse(stamped)
        self.assertGreater(tries, 1000)

    def _hands(self, turn):
        """Return who tries a field: everybody in the whole trial, else the administrator and one department in turn."""
        if os.environ.get("MILL_EVERYBODY"):
            return self.people
        departments = self.people.filtered(lambda user: user.login != "admin")
        return departments[turn % len(departments)] | (self.people - departments)

    def _defaults(self, record, field, forged, user, counts):
        model = self.env[record._name].with_user(user)
        plain = model.default_get([field.name])
        given = model.with_context(**{f"default_{field.name}": forged}).default_get([field.name])
        counts["default", "ignored"] += 1
        return [] if given == plain else [f"default: {field} as {user.login}"]

    def _writes(self, record, field, forged, user, counts):
        stamped = []
        with self._tried(counts, "write", field):
            record.with_user(user).write({field.name: forged})
            stamped += self._stamps(record, field, forged, f"write as {user.login}")
        return stamped

    def _stamps(self, records, field, forged, path):
        return [f"{path}: {field}"] if any(self._holds(rec, field, forged) for rec in records.sudo()) else []

    def _others(self, record, field, forged, user, counts):
        own, stamped = record.with_user(user), []
        with self._tried(counts, "write with sudo", field):
            own.sudo().write({field.name: forged})
            stamped += self._stamps(record, field, forged, f"write with sudo as {user.login}")
        with self._tried(counts, "import", field):
            column = f"{field.name}/.id" if field.type == "many2one" else field.name
            result = own.load([".id", column], [[str(record.id), str(forged)]])
            if not result["ids"]:
                raise UserError("refused")
            stamped += self._stamps(record, field, forged, f"import as {user.login}")
        with self._tried(counts, "copy", field):
            stamped += self._stamps(own.copy({field.name: forged}), field, forged, f"copy as {user.login}")
        with self._tried(counts, "copy with a default in the context", field):
            copied = own.with_context(**{f"default_{field.name}": forged}).copy()
            stamped += self._stamps(copied, field, forged, f"copy with a default in the context as {user.login}")
        return stamped

    @mute_logger("odoo.sql_db", "odoo.models", "odoo.addons.base.models.ir_actions")
    def test_no_server_action(self):
        """R4.1.3, R5.1.2: what the administrator programs is a hand as well."""
        admin, counts, stamped = self.env.ref("base.user_admin"), Counter(), []
        for name in self.models:
            # sudo: a record of the demo mill
            record = self.env[name].sudo().search([], limit=1, order=FIRST.get(name))
            for field in self._guarded(name) if record else ():
                forged = self._forged(field, record)
                if forged is None:
                    continue
                for who in ("records", "records.sudo()", "records.with_user(1)"):
                    action = self.env["ir.actions.server"].create(
                        {
                            "name": "Forge",
                            "model_id": self.env["ir.model"]._get_id(name),
                            "state": "code",
                            "code": f"{who}.write({{{field.name!r}: {forged!r}}})",
                        }
                    )
                    with self._tried(counts, who, field):
                        action.with_user(admin).with_context(active_model=name, active_ids=record.ids).run()
                        if self._holds(record, field, forged):
                            stamped.append(f"{who}: {field}")
        self._say(counts, stamped, "server actions")
        self.assertFalse(stamped)
