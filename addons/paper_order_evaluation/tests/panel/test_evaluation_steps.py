from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...exceptions import EvaluationRefusedError
from ..common import EvaluationCommon

PEOPLE = ("capacity", "materials", "technical", "cost", "sales", "chair", "admin")


@tagged("post_install", "-at_install")
class TestEvaluationSteps(EvaluationCommon):
    """What steps write is written by no hand, on whichever path, by whomever (gates: context defaults, import, copy)."""

    def setUp(self):
        super().setUp()
        self.company.paper_evaluation_min_margin = 10
        admin = new_test_user(self.env, "eval_admin", groups="base.group_system,base.group_erp_manager")
        self.people = {**self.people, "admin": admin}
        self.order = self._make_order(price=3500)
        self.evaluation = self._submit(self.order)
        self.failed = self._submit(self._make_order())
        self._give(self.failed, capacity="no", cost="no")
        self.failed.with_user(self.people["chair"]).action_close()
        self.evaluation.with_user(self.people["sales"]).action_ask_customer("Which core?")
        capacity = self._opinion(self.evaluation, "capacity")
        capacity.write({"remedy_ids": [Command.create({"name": "Weekend", "days_effect": 5})]})
        self.round = self.env["paper.evaluation.price.round"]._by_step().create(
            {"evaluation_id": self.evaluation.id, "revenue": 100, "cost": 99, "lowest_percent": 10}
        )
        self.offer = self.env["paper.evaluation.price.offer"].with_user(self.people["cost"]).create(
            {"round_id": self.round.id, "price_percent": 5}
        )
        alternatives = self.env["paper.evaluation.alternative"].with_user(self.people["sales"])
        self.alternative = alternatives.create({"evaluation_id": self.failed.id, "delivery_date": "2026-05-01"})
        self.plan = self.env["paper.development.plan"].with_user(self.people["technical"]).create(
            {
                "name": "130 g/m²",
                "order_id": self.order.id,
                "milestone_ids": [Command.create({"name": "Trial", "date": "2026-04-01", "user_id": self.env.uid})],
            }
        )

    def test_buttons_ask_what_the_steps_ask(self):
        """R3.3.1: who may submit, ask the customer or hold machine hours, and when, is asked by button and method alike."""
        fresh, sales, planner = self._make_order(), self.people["sales"], self.people["capacity"]
        shown = [order.with_user(sales).can_submit_evaluation for order in (fresh, self.order, self.failed.order_id)]
        self.assertEqual(shown, [True, False, True], "not yet, under evaluation, failed")
        self.assertFalse(fresh.with_user(planner).can_submit_evaluation)
        self.assertTrue(self.evaluation.with_user(sales).can_ask_customer)
        self.assertFalse(self.evaluation.with_user(self.people["admin"]).can_ask_customer)
        self.assertFalse(self.failed.with_user(sales).can_ask_customer or self.failed.with_user(planner).can_hold_slots)
        self.assertFalse(self.evaluation.with_user(sales).can_hold_slots)
        with self.assertRaises(EvaluationRefusedError):
            self.failed.with_user(planner).action_hold_slots()

    def _guarded(self):
        """Return ``[(record, values that nobody enters by hand)]``."""
        chair, long_ago = self.people["chair"].id, "2020-01-01 00:00:00"
        stamps = {"closed_by_id": chair, "closed_on": long_ago}
        return [
            (self.evaluation, {"state": "passed", **stamps}),
            (self.evaluation, {"snapshot": {"result": "passed"}, "submitted_by_id": chair, "revision": 9}),
            (self.evaluation, {"promise_date": "2026-03-02", "deadline_date": "2030-01-01"}),
            (self.failed, {"letter_sent_on": long_ago, "letter_sent_by_id": chair, "offer_until": "2030-01-01"}),
            (self.failed, {"customer_answer": "accepted", "answered_on": long_ago, "answered_by": "Customer"}),
            (self._of("capacity"), {"state": "given", "author_id": chair, "given_on": long_ago}),
            (self._of("cost"), {"evidence": {"margin": 1}, "proposal": "yes", "carried_from_id": self._of("sales").id}),
            (self._of("capacity").remedy_ids, {"computed": True, "chosen": True, "date_after": "2026-03-02"}),
            (self.evaluation.question_ids, {"state": "answered", "answer": "Yes", "answered_on": long_ago}),
            (self.round, {"state": "agreed", "agreed_offer_id": self.offer.id, **stamps}),
            (self.round, {"revenue": 1e6, "lowest_percent": 0.1, "opened_by_id": chair}),
            (self.offer, {"user_id": chair, "date": long_ago, "margin_percent": 99}),
            (self.alternative, {"state": "accepted", "offered_text": "Free", "computed": True}),
            (self.plan, {"state": "done", "date_end": "2030-01-01"}),
            (self.plan.milestone_ids, {"date_done": "2020-01-01"}),
            (self.evaluation.reservation_ids[:1], {"state": "firm", "expires_on": False}),
            (self.evaluation.reservation_ids[:1], {"hours": 0.5, "date_to": "2030-01-01 00:00:00"}),
        ]

    def _of(self, dimension):
        return self.evaluation.opinion_ids.filtered(lambda opinion: opinion.dimension == dimension)

    def _held(self, record, values):
        return {name: record.sudo()[name] for name in values}

    def test_all_that_is_guarded_is_there(self):
        """R3.3.1: each of the records that the tests below try to forge is there once."""
        for record, _values in self._guarded():
            self.assertEqual(len(record), 1, record._name)

    def test_no_hand_writes(self):
        """R3.3.1, R3.4: form, RPC and sudo write none of it, for no department, administrator or the system's user."""
        users = [*(self.people[name] for name in PEOPLE), self.env.ref("base.user_root")]
        for record, values in self._guarded():
            before = self._held(record, values)
            for user in users:
                for mine in (record.with_user(user), record.with_user(user).sudo()):
                    for name, value in values.items():
                        with self.subTest(model=record._name, name=name, user=user.login, su=mine.env.su):
                            with self.assertRaises(UserError):
                                mine.write({name: value or "2031-01-01 00:00:00"})
            self.assertEqual(self._held(record, values), before)

    def test_defaults_of_the_context_are_ignored(self):
        """R3.3.1: a default in the context, or one that a user saved, stamps nothing."""
        sales, cost, technical = (self.people[name] for name in ("sales", "cost", "technical"))
        new = [
            (self.evaluation.question_ids.with_user(sales), {"evaluation_id": self.evaluation.id, "question": "New?"}),
            (self.offer.with_user(cost), {"round_id": self.round.id, "price_percent": 3}),
            (self.alternative.with_user(sales), {"evaluation_id": self.failed.id, "delivery_date": "2026-06-01"}),
            (self.plan.with_user(technical), {"name": "Other", "order_id": self.order.id}),
            (self.plan.milestone_ids.with_user(technical), {"plan_id": self.plan.id, "name": "T", "date": "2026-04-01"}),
            (
                self._of("capacity").remedy_ids.with_user(self.people["capacity"]),
                {"opinion_id": self._of("capacity").id, "name": "Wait"},
            ),
            (self.evaluation.sudo(), {"order_id": self._make_order().id}),
        ]
        for model, values in new:
            forged = {}
            for record, guarded in self._guarded():
                if record._name == model._name:
                    forged.update(guarded)
            plain = model.browse().create(values)
            before = self._held(plain, forged)
            if model._name == "paper.evaluation":  # one panel at a time is open on an order
                plain.with_user(sales).sudo()._take_step("cancelled")
                self.env.flush_all()
            context = {f"default_{name}": value for name, value in forged.items()}
            record = model.browse().with_context(**context).create(values)
            with self.subTest(model=model._name):
                self.assertEqual(self._held(record, forged), before)

    def test_nothing_is_made_with_what_steps_write(self):
        """R3.3.1: whoever may make a record says nothing in it that its steps say."""
        sales, technical = self.people["sales"], self.people["technical"]
        asked = {"evaluation_id": self.evaluation.id, "question": "?"}
        for model, values, name, value in (
            (self.evaluation.sudo(), {"order_id": self._make_order().id}, "submitted_by_id", sales.id),
            (self.evaluation.question_ids.with_user(sales), asked, "answer", "No"),
            (self.alternative.with_user(sales), {"evaluation_id": self.failed.id, "kind": "spec"}, "computed", True),
            (self.plan.with_user(technical), {"name": "Other", "order_id": self.order.id}, "state", "done"),
            (self.round.sudo(), {}, "evaluation_id", self.failed.id),
            (self.evaluation.reservation_ids.sudo(), {}, "order_id", self.order.id),
        ):
            with self.subTest(model=model._name), self.assertRaises(UserError):
                model.browse().create({**values, name: value})

    def test_offer_by_default_is_no_way_into_a_closed_round(self):
        """R3.3.5: a round in the context is asked for its state and its people like one in the values."""
        self.round.with_user(self.people["cost"]).action_fail("Too dear")
        offers = self.env["paper.evaluation.price.offer"].with_user(self.people["sales"])
        with self.assertRaises(UserError):
            offers.with_context(default_round_id=self.round.id).create({"price_percent": 1})

    def test_an_import_is_a_hand(self):
        """R3.3.1: an import neither makes nor changes what steps write."""
        for record, values in self._guarded():
            before = self._held(record, values)
            for name in PEOPLE:
                model = self.env[record._name].with_user(self.people[name])
                for field, value in values.items():
                    if not isinstance(value, str):
                        continue
                    try:
                        result = model.load([".id", field], [[str(record.id), value]])
                    except AccessError:
                        continue
                    self.assertFalse(result["ids"], (record._name, field, name))
            self.assertEqual(self._held(record, values), before)

    def test_a_copy_stamps_nothing(self):
        """R3.3.1: a copy, where one can be made, is new; one that says more is refused."""
        for record, values in self._guarded():
            for person in ("sales", "technical", "cost", "admin"):
                with self.subTest(model=record._name, person=person), mute_logger("odoo.sql_db"):
                    with self.assertRaises(UserError):
                        record.with_user(self.people[person]).sudo().copy(values)
        self.plan.milestone_ids.done = True
        copy = self.plan.copy()
        self.assertEqual((copy.state, copy.milestone_ids.done, copy.milestone_ids.date_done), ("draft", False, False))
        copy = self.failed.sudo().copy()
        self.assertEqual(copy.state, "open")
        self.assertFalse(copy.snapshot or copy.closed_by_id or copy.submitted_by_id)

    def test_a_server_action_is_a_hand(self):
        """R3.3.1: what an administrator automates is asked as a hand is."""
        for record, values in self._guarded():
            action = self.env["ir.actions.server"].create(
                {
                    "name": "Stamp",
                    "model_id": self.env["ir.model"]._get_id(record._name),
                    "state": "code",
                    "code": f"records.sudo().write({values!r})",
                }
            )
            with self.subTest(model=record._name), mute_logger("odoo.addons.base.models.ir_actions"):
                with self.assertRaises(UserError):
                    action.with_context(active_model=record._name, active_ids=record.ids, active_id=record.id).run()

    def test_the_buttons_ask_the_person(self):
        """R3.3.1: a button is shown to whom its step is open, and to nobody else."""
        question = self.evaluation.question_ids
        shown = {
            "can_give": (self._of("technical"), {"technical"}),
            "can_answer": (question, {"sales"}),
            "can_fail": (self.round, {"cost", "chair"}),
            "can_start": (self.plan, {"technical"}),
            "can_send_letter": (self.failed, {"sales"}),
            "can_cancel": (self.evaluation, {"sales", "chair"}),
            "can_decide": (self.evaluation, set()),
        }
        for name, (record, expected) in shown.items():
            seen = set()
            for person in (*PEOPLE[:-1], "legal"):
                try:
                    if record.with_user(self.people[person])[name]:
                        seen.add(person)
                except AccessError:
                    continue
            self.assertEqual(seen, expected, name)

    # What people are told

    def test_moving_on_ends_only_its_own(self):
        """R3.3.1: what somebody put on an opinion or a panel stays when it is given, closed or called off."""
        opinion = self._of("capacity").sudo()
        for record in (opinion, self.evaluation, self.order):
            record.activity_schedule("mail.mail_activity_data_todo", summary="Mine", user_id=self.people["legal"].id)
        opinion.with_user(self.people["capacity"]).action_agree()
        self.assertEqual(opinion.activity_ids.mapped("summary"), ["Mine"])
        self.evaluation.with_user(self.people["sales"]).action_cancel()
        self.assertEqual(self.evaluation.activity_ids.mapped("summary"), ["Mine"])
        self.assertFalse((self.evaluation.opinion_ids - opinion).activity_ids)
        self.order.action_cancel()
        self.assertIn("Mine", self.order.activity_ids.mapped("summary"))

    def test_sales_is_called_in_the_own_language_by_who_is_here(self):
        """R3.4: the result reaches the salesperson's colleagues where the salesperson left."""
        colleague = new_test_user(self.env, "eval_colleague", groups="base.group_user,paper_base.group_sales")
        order = self._make_order()
        evaluation = self._submit(order)
        self._give(evaluation)
        self.people["sales"].sudo().active = False
        evaluation.with_user(self.people["chair"]).action_close()
        self.assertIn(colleague, order.activity_ids.user_id)
        self.assertNotIn(self.people["sales"], order.activity_ids.user_id)

    def test_each_milestone_is_told_and_ends_with_itself(self):
        """R3.3.4: an owner has one to-do for each milestone, until that one is reached."""
        owner = self.people["capacity"]
        self.plan.milestone_ids = [
            Command.clear(),
            *(Command.create({"name": name, "date": "2026-04-01", "user_id": owner.id}) for name in ("Trial", "Release")),
        ]
        self.plan.action_start()
        self.assertEqual(set(self.plan.activity_ids.mapped("summary")), {"Trial", "Release"})
        self.plan.milestone_ids.filtered(lambda step: step.name == "Trial").done = True
        self.assertEqual(self.plan.activity_ids.mapped("summary"), ["Release"])
        self.plan.action_cancel()
        self.assertFalse(self.plan.activity_ids)
