from odoo.tests import freeze_time, tagged

from ...exceptions import EvaluationFrozenError, EvaluationRefusedError, OpinionFrozenError, WrongDepartmentError
from ..common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationRevision(EvaluationCommon):
    """A changed order is evaluated again as far as the change reaches; a decision stays."""

    CHANGES = {
        "price": (lambda order: order.order_line.write({"price_unit": 5000}), {"sales", "cost"}),
        "date": (lambda order: order.write({"commitment_date": "2026-03-20 08:00:00"}), {"sales", "capacity", "materials"}),
        "quantity": (
            lambda order: order.order_line.write({"product_uom_qty": 12}),
            {"sales", "capacity", "materials", "cost"},
        ),
        "limits": (
            lambda order: order.order_line.paper_spec_id.write({"limit_ids": [(0, 0, {"name": "Brightness"})]}),
            {"materials", "technical"},
        ),
        "winding": (
            lambda order: order.order_line.paper_spec_id.write({"winding_direction": "wire_side_in"}),
            {"capacity", "technical"},
        ),
        "width": (
            lambda order: order.order_line.paper_spec_id.write({"width": 800}),
            {"capacity", "materials", "technical", "cost"},
        ),
        "line": (
            lambda order: order.order_line.copy({"order_id": order.id}),
            {"sales", "capacity", "materials", "technical", "cost"},
        ),
    }

    def test_only_touched_opinions_reopen(self):
        """R3.3.1: after a change only the departments that it touches answer again; the others stay decided."""
        for name, (change, touched) in self.CHANGES.items():
            with self.subTest(name):
                order = self._make_order()
                first = self._decide(order, technical="conditional")
                change(order)
                second = self._submit(order)
                self.assertEqual(second.revision, 2)
                self.assertEqual(second.previous_id, first)
                owed = set(second._pending_opinions().mapped("dimension"))
                self.assertEqual(owed, touched)
                for opinion in second.opinion_ids - second._pending_opinions():
                    before = first.opinion_ids.filtered(lambda rec, o=opinion: rec.dimension == o.dimension)
                    self.assertEqual(opinion.carried_from_id, before)
                    names = ("verdict", "comment", "condition", "author_id", "given_on", "evidence")
                    for field in names:
                        self.assertEqual(opinion[field], before[field])
                    self.assertFalse(opinion.activity_ids)

    def test_a_no_is_asked_again(self):
        """R3.4: an order that failed is submitted again to find another way, so its "no" is asked anew."""
        order = self._make_order()
        self._decide(order, technical="no")
        order.order_line.price_unit = 7000
        again = self._submit(order)
        self.assertEqual(set(again._pending_opinions().mapped("dimension")), {"sales", "technical", "cost"})

    def test_an_open_panel_keeps_what_still_stands(self):
        """R3.3.1: a change while the panel sits asks again only what it touches."""
        order = self._make_order()
        evaluation = self._submit(order)
        for dimension in ("capacity", "cost"):
            self._opinion(evaluation, dimension).action_agree()
        order.order_line.price_unit = 6500
        again = self._submit(order)
        self.assertEqual(evaluation.state, "cancelled")
        given = again.opinion_ids - again._pending_opinions()
        self.assertEqual(given.mapped("dimension"), ["capacity"])
        self.assertEqual(given.author_id, self.people["capacity"])

    def test_carried_twice(self):
        """R3.3.1: an opinion that stands over several revisions names the one it was given on."""
        order = self._make_order()
        first = self._decide(order)
        for price in (6100, 6200):
            order.order_line.price_unit = price
            self._decide(order)
        capacity = order._current_evaluation().opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        self.assertEqual(order._current_evaluation().revision, 3)
        self.assertEqual(capacity.carried_from_id.evaluation_id, first)

    def test_carrying_over_is_no_back_door(self):
        """R3.3.1: nobody carries over what was not given, what the change touches, or with other words."""
        order = self._make_order()
        first = self._decide(order)
        order.order_line.price_unit = 5000
        second = self._submit(order)
        for dimension in ("cost", "sales"):
            earlier = first.opinion_ids.filtered(lambda rec, d=dimension: rec.dimension == d)
            opinion = second.opinion_ids.filtered(lambda rec, d=dimension: rec.dimension == d)
            with self.assertRaises(OpinionFrozenError):
                opinion.sudo()._carry_over(earlier)
        order = self._make_order()
        evaluation = self._submit(order)
        opinion = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        earlier = first.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        for vals in (
            {"carried_from_id": earlier.id, "state": "given", "verdict": "yes"},
            {**earlier._prepare_carried(), "carried_from_id": earlier.id},
        ):
            with self.assertRaises(OpinionFrozenError):
                opinion.sudo().write(vals)
            with self.assertRaises(OpinionFrozenError):
                opinion.with_user(self.people["capacity"]).write(vals)
        self.assertEqual(opinion.state, "pending")

    def test_facts_kept_before_a_field_was_looked_at(self):
        """R3.3.1: an evaluation of an older version, whose facts lack a field, does not count as outdated."""
        order = self._make_order()
        evaluation = self._submit(order)
        facts = {name: value for name, value in evaluation.agreed_facts.items() if name != "payment_term_id"}
        evaluation.sudo()._by_step().write({"agreed_facts": facts})
        self.assertFalse(evaluation._is_outdated())
        order.order_line.price_unit = 1
        self.assertTrue(evaluation._is_outdated())

    # The decision stays

    def test_decision_is_frozen(self):
        """R3.3.1: once decided, nobody changes result, figures, order or words, by RPC, sudo or context."""
        order = self._make_order()
        evaluation = self._decide(order, materials="conditional")
        users = (self.people["chair"], self.people["sales"], self.env.ref("base.user_root"))
        tries = (
            {"state": "open"},
            {"state": "passed"},
            {"snapshot": {}},
            {"cost_snapshot": {}},
            {"snapshot_digest": "x"},
            {"agreed_facts": {}},
            {"closed_by_id": self.people["sales"].id},
            {"conclusion": "Something else"},
            {"revision": 9},
            {"order_id": self._make_order().id},
        )
        for user in users:
            for vals in tries:
                for record in (evaluation.with_user(user), evaluation.with_user(user).sudo()):
                    with self.subTest(user=user.login, vals=vals), self.assertRaises(EvaluationRefusedError):
                        record.with_context(install_mode=True, force=True).write(vals)
        for opinion in evaluation.opinion_ids:
            for vals in ({"evidence": {}}, {"verdict": "no"}, {"state": "pending"}, {"comment": "x"}, {"cost_evidence": {}}):
                for user in (*users, self.people[opinion.dimension]):
                    with self._refused(OpinionFrozenError, WrongDepartmentError):
                        opinion.with_user(user).sudo().write(vals)
        with self.assertRaises(EvaluationFrozenError):
            evaluation.sudo().unlink()
        self.assertEqual(evaluation.state, "conditional")


    def test_snapshot_holds_what_was_decided_on(self):
        """R3.3.1: the decision keeps rules, opinions, figures and prices as they were, whatever happens later."""
        order = self._make_order()
        evaluation = self._decide(order, capacity="conditional")
        before = (evaluation.snapshot, evaluation.cost_snapshot, evaluation.snapshot_digest)
        self.assertEqual(evaluation.snapshot["result"], "conditional")
        self.assertEqual(evaluation.snapshot["rules"]["quorum"], 5)
        opinions = {item["dimension"]: item for item in evaluation.snapshot["opinions"]}
        self.assertEqual(opinions["capacity"]["condition"], "capacity asks for it")
        self.assertEqual(opinions["capacity"]["author"], self.people["capacity"].name)
        self.assertTrue(opinions["capacity"]["evidence"])
        self.assertTrue(evaluation.cost_snapshot["cost"])
        self.pulp.standard_price = 99
        self.company.paper_evaluation_quorum = 2
        order.order_line.price_unit = 1
        with freeze_time("2026-04-01 01:00:00"):
            self._submit(order)
        self.env.invalidate_all()
        self.assertEqual((evaluation.snapshot, evaluation.cost_snapshot, evaluation.snapshot_digest), before)

    def test_a_decided_order_is_not_deleted(self):
        """R3.3.1: the order of a decision stays, so that the decision does."""
        order = self._make_order()
        self._decide(order, cost="no")
        order.action_cancel()
        with self.assertRaises(EvaluationFrozenError):
            order.unlink()

    def test_a_copy_or_an_import_decides_nothing(self):
        """R3.3.1: a copied or imported evaluation is an open one without opinions, and only for code with sudo."""
        order = self._make_order()
        evaluation = self._decide(order)
        copied = evaluation.sudo().copy()
        self.assertEqual(copied.state, "open")
        self.assertFalse(copied.snapshot)
        self.assertFalse(any(copied.opinion_ids.mapped("verdict")))
        chair = self.people["chair"]
        result = self.env["paper.evaluation"].with_user(chair).load(
            ["order_id/.id", "state"], [[str(order.id), "passed"]]
        )
        self.assertFalse(result["ids"])
        result = self.env["paper.evaluation"].with_user(chair).load([".id", "state"], [[str(copied.id), "passed"]])
        self.assertFalse(result["ids"])
        self.assertEqual(copied.state, "open")
        for extra in ({"state": "cancelled"}, {"snapshot": {"result": "passed"}}, {"closed_by_id": chair.id}):
            with self.assertRaises(EvaluationRefusedError):
                self.env["paper.evaluation"].sudo().create({"order_id": self._make_order().id, **extra})

    def test_result_needs_the_chair_even_with_sudo(self):
        """R3.3.1: code with sudo writes no result for somebody who is no chair, even the right one."""
        evaluation = self._submit(self._make_order())
        self._give(evaluation)
        for user in (self.people["sales"], self.env.ref("base.user_root")):
            with self.assertRaises(EvaluationRefusedError):
                evaluation.with_user(user).sudo().write(evaluation._prepare_close_values())

    def test_a_standing_capacity_keeps_its_machine_hours(self):
        """R3.3.1, R3.3.2: capacity that stands keeps its slots; where they passed by or were taken it is asked again."""
        self.company.paper_reservation_days = 5
        order = self._make_order()
        first = self._decide(order)
        slots = first.reservation_ids
        self.assertTrue(slots)
        order.order_line.price_unit = 5900
        second = self._submit(order)
        self.assertEqual(second._pending_opinions().mapped("dimension"), ["sales", "cost"])
        self.assertEqual(
            [(slot.workcenter_id, slot.date_from, slot.date_to) for slot in second.reservation_ids],
            [(slot.workcenter_id, slot.date_from, slot.date_to) for slot in slots],
        )
        self.assertEqual(second.promise_date, first.promise_date)
        self._give(second)
        second.with_user(self.people["chair"]).action_close()
        order.order_line.price_unit = 5800
        with freeze_time("2026-03-11 01:00:00"):
            third = self._submit(order)
            self.assertIn("capacity", third._pending_opinions().mapped("dimension"))

    def test_a_contact_that_was_merged(self):
        """R3.3.1: a delivery contact of a confirmed order that becomes another record in a merge asks no department again; of an
        order that may still change it does."""
        one, other = self.env["res.partner"].create(
            [{"name": name, "parent_id": self.customer.id, "type": "delivery"} for name in ("Plant", "Plant again")]
        )
        order, draft = (self._make_order(partner_shipping_id=one.id) for _number in range(2))
        evaluation, open_one = self._decide(order), self._submit(draft)
        order.action_confirm()
        self.env.flush_all()
        self.env["base.partner.merge.automatic.wizard"].create({})._merge((one | other).ids, other)
        self.env.invalidate_all()
        self.assertEqual((order | draft).partner_shipping_id, other)
        self.assertFalse(evaluation._is_outdated())
        self.assertTrue(open_one._is_outdated())
