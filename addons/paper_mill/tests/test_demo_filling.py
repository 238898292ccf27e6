import json
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

from ..models.filling.paper_mill_demo import PARAMETER, STEPS


class FillingCommon:
    def _pretend(self, *done, finished=False, error=""):
        self.env["ir.config_parameter"].set_param(
            PARAMETER, json.dumps({"done": done, "finished": finished, "error": error})
        )


@tagged("post_install", "-at_install")
class TestDemoFilling(FillingCommon, TransactionCase):
    def setUp(self):
        super().setUp()
        self.demo = self.env["paper.mill.demo"]
        self.taken = []
        for name in {"_walk", *(f"_{step}" for step in STEPS)}:
            self.patch(type(self.demo), name, lambda demo, *args, name=name: self.taken.append((name, *args)))

    def test_every_step_is_taken_once_and_in_its_order(self):
        """R2: the demo mill is filled step by step, goes on where it was broken off, and then says nothing more."""
        self._pretend(*STEPS[: STEPS.index("evaluated")])
        self.assertEqual(self.demo._take_next(), "evaluated")
        self.assertEqual(self.demo.progress()["step"], STEPS.index("evaluated") + 2)
        while self.demo._take_next():
            pass
        self.assertFalse(self.demo.progress())
        self.assertEqual(len(self.taken), len(STEPS) - STEPS.index("evaluated"))
        self.assertEqual([call for call in self.taken if call[0] == "_walk"][0], ("_walk", "evaluated"))

    def test_a_step_that_fails_is_not_noted(self):
        """R2: a step is whole or not there, and what went wrong is told until it is tried again."""
        self._pretend(*STEPS[:2])
        with patch.object(type(self.demo), "_walk", side_effect=UserError("PM1 burns")), self.assertRaises(UserError):
            self.demo._take_next()
        self.demo._note_error("PM1 burns")
        progress = self.demo.progress()
        self.assertEqual((progress["step"], progress["total"], progress["error"]), (3, len(STEPS), "PM1 burns"))
        self.demo._note_error("")
        self.assertEqual(self.demo.progress()["error"], "")

    def test_an_older_demo_mill_is_whole(self):
        """R2: a database without a stamp has nothing to fill, nor has one whose filling ended before a step was added."""
        self.env["ir.config_parameter"].set_param(PARAMETER, False)
        self.assertFalse(self.demo.progress())
        self.assertFalse(self.demo._take_next())
        self._pretend("received", finished=True)
        self.assertFalse(self.demo.progress())
        self.assertFalse(self.demo._take_next())
        self.assertFalse(self.taken)

    def test_demo_data_alone_begins(self):
        """R2: demo data that is loaded by itself is whole at once; beside a server, it only notes that it is to be filled."""
        self.demo.with_context(paper_mill_demo_later=True)._begin()
        self.assertEqual((self.demo.progress()["step"], self.taken), (1, []))
        self.demo._begin()
        self.assertFalse(self.demo.progress())
        self.assertEqual(len(self.taken), len(STEPS))

    def test_every_step_has_words(self):
        """R2: the client can say of each step what is being done."""
        self.assertEqual(set(self.demo._step_words()), set(STEPS))

    def test_anybody_in_the_mill_may_ask(self):
        """R2: a department without any right on system parameters sees how far the demo mill is."""
        self._pretend("received")
        user = new_test_user(self.env, "filling", groups="base.group_user")
        self.assertEqual(self.demo.with_user(user).progress()["step"], 2)


@tagged("post_install", "-at_install")
class TestDemoProgress(FillingCommon, HttpCase):
    def test_the_client_says_how_far_it_is(self):
        """R2: while the demo mill is filled, the web client says at which step it is."""
        self.assertEqual(len(STEPS), 22, "the tour looks for 4/22")
        self._pretend(*STEPS[:3])
        self.start_tour("/odoo", "paper_mill_demo_progress", login="admin")

    def test_the_client_says_what_went_wrong(self):
        """R2: a step that failed is shown in the web client."""
        self._pretend(*STEPS[:3], error="PM1 burns")
        self.start_tour("/odoo", "paper_mill_demo_error", login="admin")

    def test_nothing_is_said_of_a_whole_mill(self):
        """R2: a database that has nothing to fill loads no banner and asks nothing."""
        self._pretend(*STEPS, finished=True)
        self.start_tour("/odoo", "paper_mill_demo_whole", login="admin")
