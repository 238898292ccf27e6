"""Who may not take a step is told so before he is asked for its reason, and what a plan holds is not offered: all documents of
the demo mill, all departments."""

import inspect
import os
from collections import Counter

from odoo.addons.paper_mill.tests.test_departments import DEPARTMENTS
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

PEOPLE = (*DEPARTMENTS, "admin")
MOST = 12  # documents of a kind
# What a step may still lack when its reason is given: it is entered with the reason, or beside it.
REFUSED_LATER = ("StepRightError", "PaperPermitError", "OverrideRefusedError", "PlanLockedError", "OrderRightError")


@tagged("post_install", "-at_install")
class TestAskedLast(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["res.users"].search([("login", "in", PEOPLE)]).sorted("login")
        cls.wizard = cls.env["paper.reason.wizard"]

    def _openers(self):
        """Yield the models with steps that a reason is asked for, and the methods that open the dialog."""
        for name in sorted(self.env.registry):
            model = self.env[name]
            if model._abstract or model._transient or not self.wizard._steps_of(name):
                continue
            for method in sorted(dir(type(model))):
                if method.startswith(("action_", "button_")) and self._asks(getattr(type(model), method)):
                    yield model, method

    def _asks(self, method):
        """Say whether a method opens the dialog itself, or by a method of its own that it calls."""
        source = inspect.getsource(method) if inspect.isfunction(method) else ""
        return any(words in source for words in ("_ask_reason(", "._ask(", "self._dispose("))

    @mute_logger("odoo.sql_db", "odoo.models", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_refused_before_asked(self):
        """R5.1.2, R6.2: every dialog that opens is one whose step this person may take."""
        counts, wrong = Counter(), []
        for turn, (model, method) in enumerate(self._openers()):
            needed = [
                parameter
                for parameter in list(inspect.signature(getattr(type(model), method)).parameters.values())[1:]
                if parameter.default is parameter.empty
            ]
            if needed:
                continue
            # sudo: documents of the demo mill, whoever may read them
            for record in model.sudo().search([], limit=MOST, order="id desc"):
                for user in self._hands(turn):
                    wrong += self._try(record.with_user(user), method, counts)
        print(f"counted: asked last: {sum(counts.values())} tries, " + ", ".join(f"{k} {v}" for k, v in sorted(counts.items())))
        self.assertEqual(wrong, [])
        self.assertGreater(counts["refused"], 50)
        self.assertGreater(counts["asked"], 0)

    def _hands(self, turn):
        if os.environ.get("MILL_EVERYBODY"):
            return self.people
        return self.people[turn % len(self.people) :: 3]

    def _try(self, record, method, counts):
        wrong = []
        try:
            with self.env.cr.savepoint() as savepoint:
                try:
                    action = getattr(record, method)()
                    if not isinstance(action, dict) or action.get("res_model") != self.wizard._name:
                        counts["nothing asked"] += 1
                        return []
                    counts["asked"] += 1
                    wizard = self.wizard.with_user(record.env.user).browse(action["res_id"])
                    wizard.reason = "Because"
                    try:
                        wizard.action_apply()
                    except UserError as error:
                        if type(error).__name__ in REFUSED_LATER or "State" in type(error).__name__:
                            wrong.append(f"{record._name}.{method} as {record.env.user.login}: {error}")
                finally:
                    savepoint.rollback()
        except UserError:
            counts["refused"] += 1
        finally:
            self.env.invalidate_all()
        return wrong
