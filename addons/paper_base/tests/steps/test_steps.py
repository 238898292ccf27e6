from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...exceptions import StepFieldError, StepRightError, StepStateError
from ...models.steps.permit import KEY, StepPermit
from ..common import PaperCommon
from ..document_model import add_document_models


@tagged("post_install", "-at_install")
class TestSteps(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_document_models(cls)
        cls.colleague = cls._create_user("t_colleague", "base.group_user")
        cls.Document = cls.env["paper.test.document"]

    def _document(self, user=None, **vals):
        return self.Document.with_user(user or self.salesman).create({"name": "D", "amount": 5, **vals})

    def _asked(self):
        document = self._document()
        document._take_step("asked")
        return document

    def test_a_step_stamps_and_does_what_follows(self):
        """R4.1.3, R5.1.2: a step stamps and does what follows."""
        document = self._document()
        self.assertTrue(document.can_ask)
        document._take_step("asked")
        self.assertEqual((document.state, document.asked_by_id), ("asked", self.salesman))
        self.assertTrue(document.asked_on)
        self.assertTrue(document.line_ids.checked)
        document.with_user(self.manager)._take_step("agreed")
        self.assertEqual(document.agreed_amount, 5)

    def test_buttons_and_steps_ask_the_same(self):
        """R4.1.3, R5.1.2: buttons and steps ask the same."""
        document = self._document()
        self.assertFalse(document.with_user(self.colleague).can_ask)
        with self.assertRaisesRegex(StepRightError, "only .* may take it"):
            document.with_user(self.colleague)._take_step("asked")
        with self.assertRaises(StepStateError):
            document._take_step("agreed")
        document.amount = 0
        with self.assertRaisesRegex(StepStateError, "No amount"):
            document._take_step("asked")

    def test_buttons_and_acts_ask_the_same(self):
        """R4.1.3, R5.1.2: what leaves the document in its state is done in its states and by its people only."""
        document = self._document()
        self.assertFalse(document.can_remind)
        with self.assertRaisesRegex(StepStateError, "Draft"):
            document.action_remind()
        document._take_step("asked")
        self.assertTrue(document.can_remind)
        self.assertFalse(document.with_user(self.colleague).sudo().can_remind)
        with self.assertRaisesRegex(StepRightError, "belongs to"):
            document.with_user(self.colleague).sudo().action_remind()
        self.assertTrue(document.with_user(self.colleague).can_read, "in every state, by everybody")
        document.action_remind()
        self.assertFalse(document.can_remind, "what was objected to is computed anew")
        with self.assertRaisesRegex(StepStateError, "already"):
            document.action_remind()

    def test_sudo_asks_the_person(self):
        """R4.1.3, R5.1.2: sudo asks the person."""
        document = self._document()
        self.assertFalse(document.with_user(self.colleague).sudo().can_ask)
        with self.assertRaises(StepRightError):
            document.with_user(self.colleague).sudo()._take_step("asked")
        with self.assertRaises(StepFieldError):
            document.with_user(self.colleague).sudo().write({"state": "asked"})

    def test_an_objection_is_told(self):
        """R4.1.3, R5.1.2: an objection is told."""
        document = self._asked()
        self.salesman.group_ids += self.env.ref("paper_base.group_management")
        self.assertFalse(document.can_agree)
        with self.assertRaisesRegex(StepRightError, "Somebody else"):
            document._take_step("agreed")

    def test_no_hand_writes_what_steps_write(self):
        """R4.1.3, R5.1.2: no hand writes what steps write."""
        document = self._document()
        for values in ({"state": "agreed"}, {"asked_by_id": self.manager.id}, {"agreed_amount": 9, "remark": "x"}):
            for user in (self.salesman, self.manager, self.colleague, self.env.ref("base.user_admin")):
                with self.subTest(values=values, user=user.login):
                    with self.assertRaises(StepFieldError):
                        document.with_user(user).write(values)
                    with self.assertRaises(StepFieldError):
                        self._document(user, **values)
        with self.assertRaises(StepFieldError):
            document.with_user(self.env.ref("base.user_root")).sudo().write({"state": "agreed"})

    def test_what_is_so_already_may_be_imported_again(self):
        """R4.1.3, R5.1.2: what is so already may be imported again."""
        document = self._document()
        self.assertTrue(document.write({"state": "draft", "asked_by_id": False, "remark": "again"}))
        self.assertEqual(document.remark, "again")

    def test_a_default_in_the_context_is_ignored(self):
        """R4.1.3, R5.1.2: a default in the context is ignored."""
        context = {"default_state": "agreed", "default_asked_by_id": self.manager.id, "default_remark": "kept"}
        document = self.Document.with_user(self.salesman).with_context(**context).create({"name": "D"})
        self.assertRecordValues(document, [{"state": "draft", "asked_by_id": False, "remark": "kept"}])
        given = self.Document.with_user(self.salesman).with_context(**context).default_get(["state", "asked_by_id", "remark"])
        self.assertEqual(given, {"state": "draft", "remark": "kept"})
        step = self.Document.with_user(self.salesman).with_context(**context)._by_step().create({"name": "D"})
        self.assertRecordValues(step, [{"state": "draft", "asked_by_id": False}])

    def test_a_default_that_is_a_record(self):
        """R4.1.3, R5.1.2: a default that is a record."""
        self.assertEqual(self._document().made_by_id, self.salesman)
        documents = self.Document.with_user(self.salesman).with_context(default_made_by_id=self.manager.id)
        given = documents.default_get(["made_by_id"])
        self.assertEqual(given, {"made_by_id": self.salesman.id})

    def test_a_saved_default_is_ignored(self):
        """R4.1.3, R5.1.2: a saved default is ignored."""
        self.env["ir.default"].set("paper.test.document", "state", "agreed")
        self.assertEqual(self._document().state, "draft")

    def test_a_default_is_ignored_in_lines(self):
        """R4.1.3, R5.1.2: a default is ignored in lines."""
        lines = self.env["paper.test.document.line"].with_user(self.salesman)
        self.assertFalse(lines.with_context(default_checked=True).create({"name": "L"}).checked)

    def test_a_value_that_is_the_default_is_no_forgery(self):
        """R4.1.3, R5.1.2: a value that is the default is no forgery."""
        line = self.env["paper.test.document.line"].with_user(self.salesman).create({"company_id": self.env.company.id})
        self.assertEqual(line.company_id, self.env.company)

    def test_what_only_steps_make(self):
        """R4.1.3, R5.1.2: what only steps make."""
        stamps = self.env["paper.test.document.stamp"].with_user(self.salesman)
        stamp = stamps._by_step().create({"name": "S"})
        for attempt in (lambda: stamps.create({}), lambda: stamps.create({"name": "S"}), stamp.copy):
            with self.assertRaises(StepFieldError):
                attempt()

    def test_commands_and_copies_carry_nothing_over(self):
        """R4.1.3, R5.1.2: commands and copies carry nothing over."""
        with self.assertRaises(StepFieldError):
            self._document(line_ids=[Command.create({"name": "L", "checked": True})])
        document = self._asked()
        self.assertRecordValues(document.copy(), [{"state": "draft", "asked_by_id": False, "asked_on": False}])
        with self.assertRaises(StepFieldError):
            document.copy({"state": "agreed"})
        self.assertEqual(document.copy().amount, 5, "what anybody types in a new one")

    def test_lines_in_the_context_get_no_permit(self):
        """R4.1.3, R5.1.2: lines in the context get no permit."""
        lines = [Command.create({"name": "L", "checked": True})]
        document = self.Document.with_user(self.salesman).with_context(default_line_ids=lines)
        with self.assertRaises(StepFieldError):
            document.create({"name": "D"})
        self.assertFalse(document._by_step().create({"name": "D"}).line_ids)

    def test_what_follows_asks_nobody_for_the_right(self):
        """R4.1.3, R5.1.2: what follows asks nobody for the right."""
        document = self._document().with_user(self.colleague)
        with self.assertRaises(StepStateError):
            document.sudo()._follow_to("agreed")
        document.sudo()._follow_to("asked")
        self.assertEqual((document.sudo().state, document.sudo().asked_by_id), ("asked", self.colleague))

    def test_an_import_is_a_hand(self):
        """R4.1.3, R5.1.2: an import is a hand."""
        result = self.Document.with_user(self.salesman).load(["name", "state"], [["D", "agreed"]])
        self.assertFalse(result["ids"])
        self.assertIn("Test Document", result["messages"][0]["message"])

    def test_a_forged_permit_opens_nothing(self):
        """R4.1.3, R5.1.2: a forged permit opens nothing."""
        document = self._document()
        for forged in (True, "paper.test.document", {"models": ["paper.test.document"]}):
            with self.subTest(forged=forged), self.assertRaises(StepFieldError):
                document.with_context(paper_step=forged).write({"state": "agreed"})

    def test_a_permit_ends_with_what_it_was_given_for(self):
        """R4.1.3, R5.1.2: a permit ends with what it was given for."""
        document = self._document()._by_step().create({"name": "D", "state": "asked"})
        self.assertEqual(document.state, "asked")
        with self.assertRaises(StepFieldError):
            document.write({"state": "agreed"})

    def test_by_hand_in_its_states_and_by_its_people(self):
        """R4.1.3, R5.1.2: by hand in its states and by its people."""
        document = self._document(customer="Hua")
        document.amount = 7
        with self.assertRaises(StepFieldError):
            document.customer = "Nordic"
        with self.assertRaises(StepFieldError):
            self._document(self.colleague, customer="Hua")
        document._take_step("asked")
        with self.assertRaisesRegex(StepFieldError, "Asked"):
            document.line_ids = [Command.create({"name": "L"})]
        with self.assertRaisesRegex(StepFieldError, self.env.ref("paper_base.group_management").name):
            document.amount = 8
        document.with_user(self.manager).amount = 9
        self.assertEqual(document.amount, 9)

    def test_a_context_that_comes_back_takes_no_right_from_a_step(self):
        """R4.2.2: the client sends the context of a dialog back, in which a permit is a text: the step writes all the same."""
        document = self._document()
        permit = StepPermit(document._name)
        self.assertNotEqual(permit, str(permit))
        self.assertNotEqual({KEY: str(permit)}, {KEY: permit})
        self.assertEqual(permit, StepPermit(document._name))
        sent_back = document.with_context(**{KEY: str(permit)})
        self.assertFalse(sent_back._is_step())
        self.assertTrue(sent_back._by_step()._is_step())

    def test_fields_by_steps_are_readonly_and_not_copied(self):
        """R4.1.3, R5.1.2: fields by steps are readonly and not copied."""
        for name in ("state", "asked_by_id", "asked_on", "agreed_amount"):
            field = self.Document._fields[name]
            self.assertTrue(field.readonly and not field.copy, name)
        self.assertFalse(self.Document._fields["amount"].readonly)

    def test_a_copy_takes_over_what_a_hand_gives_a_new_record(self):
        """R4.1.3, R5.1.2: a copy takes over what a hand gives a new record."""
        document = self._document(amount=7, customer="Hua")
        self.assertEqual((document.copy().amount, document.copy().customer), (7, "Hua"))
        copied = document.with_user(self.colleague).copy()
        self.assertEqual((copied.amount, copied.customer), (7, False), "what another department types stays out")
        with self.assertRaises(StepFieldError):
            document.with_user(self.colleague).copy({"customer": "Hua"})

    def test_who_may_not_write_at_all_is_told_so(self):
        """R4.1.3, R5.1.2: who may not write at all is told so."""
        access = self.env["ir.model.access"].search([("model_id.model", "=", "paper.test.document")])
        access.perm_write = False
        with self.assertRaises(AccessError):
            self._document().write({"state": "agreed"})

    def test_a_server_action_is_a_hand(self):
        """R4.1.3, R5.1.2: a server action is a hand."""
        document = self._document()
        action = self.env["ir.actions.server"].create(
            {
                "name": "Agree",
                "model_id": self.env["ir.model"]._get_id("paper.test.document"),
                "state": "code",
                "code": "records.sudo().write({'state': 'agreed'})",
            }
        )
        with self.assertRaises(StepFieldError):
            action.with_user(self.env.ref("base.user_admin")).with_context(
                active_model="paper.test.document", active_ids=document.ids
            ).run()
