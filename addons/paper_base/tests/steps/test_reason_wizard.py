import inspect
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...exceptions import ReasonError, StepFieldError, StepRightError
from ...models.steps.reason import ReasonStep
from ..common import PaperCommon
from ..document_model import SALES, add_document_models


@tagged("post_install", "-at_install")
class TestReasonWizard(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_document_models(cls)
        cls.colleague = cls._create_user("t_colleague", SALES)
        cls.documents = cls.env["paper.test.document"].with_user(cls.salesman).create(
            [{"name": "First", "amount": 1}, {"name": "Second", "amount": 2}]
        )
        cls.documents._take_step("asked")
        cls.Wizard = cls.env["paper.reason.wizard"]

    def _wizard(self, action, user=None):
        return self.env[action["res_model"]].with_user(user or self.salesman).browse(action["res_id"])

    def _forge(self, user=None, **values):
        """Return a dialog that only server code could make, opened by a person."""
        values = {"res_model": self.documents._name, "res_ids": self.documents.ids, "method": "action_withdraw", **values}
        return self.Wizard.with_user(user or self.salesman)._by_step().create(values).with_user(user or self.salesman)

    def test_asks_and_takes_the_step(self):
        """R5.1.2: the dialog shows the documents, and takes the step with the reason."""
        action = self.documents.action_withdraw()
        self.assertEqual((action["res_model"], action["name"]), ("paper.reason.wizard", "Withdraw the Document"))
        with Form(self._wizard(action)) as form:
            self.assertEqual(form.documents, "First, Second")
            self.assertEqual((form.about, form.hint), ("3.0", "What has changed"))
            form.reason = "  A mistake \n"
        closed = form.record.action_apply()
        self.assertEqual(closed["type"], "ir.actions.act_window_close")
        self.assertEqual(self.documents.mapped("state"), ["draft", "draft"])
        self.assertEqual(self.documents.mapped("remark"), ["A mistake", "A mistake"])

    def test_in_chinese(self):
        """R5.1.2: its words are Chinese for a Chinese reader."""
        wizard = self._wizard(self.documents.action_withdraw()).with_context(lang="zh_CN")
        self.assertEqual(wizard.label, "理由")
        labels = wizard.fields_get(["documents", "reason"], ["string"])
        self.assertEqual([label["string"] for label in labels.values()], ["单据", "理由"])

    def test_a_step_with_arguments(self):
        """R5.1.2: what the step needs besides the reason goes with the dialog, no more and no less."""
        action = self.documents[0]._ask_reason("action_note", place="margin")
        wizard = self._wizard(action)
        wizard.reason = "It is"
        wizard.action_apply()
        self.assertEqual(self.documents[0].remark, "margin: It is")
        for arguments in ({}, {"place": "x", "user": 1}):
            with self.subTest(arguments=arguments), self.assertRaises(ReasonError):
                self.documents[0]._ask_reason("action_note", **arguments)

    def test_without_a_reason(self):
        """R5.1.2: blanks are no reason."""
        wizard = self._wizard(self.documents.action_withdraw())
        for reason in (False, "", " \n\t"):
            wizard.reason = reason
            with self.subTest(reason=reason), self.assertRaises(ReasonError):
                wizard.action_apply()
        self.assertEqual(self.documents.mapped("state"), ["asked", "asked"])

    def test_calls_no_other_method(self):
        """R5.1.2: whatever a client could have said, only what the model lists is called."""
        for values in (
            {"method": "unlink"},
            {"method": "_take_step"},
            {"method": "action_other"},
            {"method": "_reason_steps"},
            {"res_model": "paper.test.document.line"},
            {"res_model": "res.users", "method": "unlink"},
            {"res_model": "no.such.model"},
            {"arguments": {"reason": "x"}},
            {"arguments": {"state": "done"}},
        ):
            with self.subTest(values=values):
                forged = self._forge(**values)
                forged.reason = "Because"
                for way in (forged, forged.sudo()):
                    with self.assertRaises(ReasonError):
                        way.action_apply()
                    with self.assertRaises(ReasonError):
                        way._compute_asked()
        with self.assertRaises(ReasonError):
            self.documents._ask_reason("unlink")

    def test_no_hand_says_what_is_called(self):
        """R5.1.2: by no path: create, write, context defaults, the user's own defaults, copy, or as another person."""
        values = {"res_model": "res.users", "res_ids": [self.manager.id], "method": "unlink", "arguments": {"a": 1}}
        wizard = self._wizard(self.documents.action_withdraw())
        for user in (self.salesman, self.manager, self.env.ref("base.user_admin")):
            hand = self.Wizard.with_user(user)
            for name, value in values.items():
                with self.subTest(user=user.login, field=name), self.assertRaises(StepFieldError):
                    hand.create({"reason": "Because", name: value})
                with self.subTest(user=user.login, field=name), self.assertRaises(StepFieldError):
                    wizard.with_user(user).sudo().write({name: value})
            defaults = {f"default_{name}": value for name, value in values.items()}
            self.assertFalse(hand.with_context(**defaults).default_get(list(values)))
        wizard.reason = "Because"
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            wizard.with_user(self.colleague).action_apply()

    def test_the_step_asks_the_person(self):
        """R5.1.2: the dialog gives nobody a right to the step."""
        forged = self._forge(user=self.env.ref("base.user_admin"))
        forged.reason = "Because"
        with self.assertRaises(StepRightError):
            forged.action_apply()

    def test_shows_nothing_that_the_person_does_not_read(self):
        """R4.1.3: it names no document to who may not read it."""
        self.env["ir.model.access"].search([("name", "=", self.documents._name)]).group_id = self.env.ref(SALES)
        forged = self._forge(user=self._create_user("t_quality", "paper_base.group_quality"))
        with self.assertRaises(AccessError):
            forged.read(["documents"])
        with self.assertRaises(AccessError):
            forged.action_apply()

    def test_what_is_gone(self):
        """R5.1.2: a document that was deleted meanwhile is no riddle."""
        wizard = self._wizard(self.documents.action_withdraw())
        wizard.reason = "Because"
        with patch.object(self.env.registry[self.documents._name], "_evidence_states", ()):
            self.documents.sudo().unlink()
        with self.assertRaises(ReasonError):
            wizard.action_apply()

    def test_no_default_of_the_client_reaches_the_step(self):
        """R5.1.2: what a client sends with the dialog is no default of what the step creates."""
        wizard = self._wizard(self.documents.action_withdraw()).with_context(default_remark="x", default_name="y")
        self.assertFalse([key for key in wizard._asked()[0].env.context if key.startswith("default_")])

    def test_what_models_list_can_be_asked(self):
        """R5.1.2: every listed step is a method that takes its reason, and opens the dialog without one."""
        listed = 0
        for model in self.env:
            for name, step in self.Wizard._steps_of(model).items():
                with self.subTest(model=model, method=name):
                    self.assertIsInstance(step, ReasonStep)
                    parameters = inspect.signature(getattr(self.env[model], name)).parameters
                    self.assertLessEqual({step.keyword, *step.arguments}, set(parameters))
                    if step.about:
                        about = inspect.signature(getattr(self.env[model], step.about)).parameters
                        self.assertEqual(set(about), set(step.arguments))
                    if step.of:
                        self.assertIn(step.of, self.env[model]._fields)
                    listed += 1
        self.assertGreaterEqual(listed, 3)
