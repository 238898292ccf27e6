from odoo.addons.paper_base.exceptions import DelegationError, StandInAuthorError
from odoo.tests import freeze_time, new_test_user, tagged

from ...exceptions import (
    EvaluationRefusedError,
    OpinionFrozenError,
    PanelIncompleteError,
    PanelSeatsError,
    WrongDepartmentError,
)
from ...lib.panel import DIMENSIONS
from ..common import DEPARTMENTS, EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationMembers(EvaluationCommon):
    """Who may give an opinion, who stands in, who chairs, and how many are needed."""

    def _away(self, name, stand_in, **values):
        return self.env["paper.delegation"].with_user(self.people[name]).create(
            {
                "user_id": self.people[name].id,
                "stand_in_id": stand_in and self.people[stand_in].id,
                "date_from": "2026-03-02",
                "date_to": "2026-03-04",
                **values,
            }
        )

    def test_stand_in_answers_in_his_days(self):
        """R3.3.1: a stand-in finds, and gives, the opinion from the first day of the absence to the last."""
        self._away("capacity", "technical", date_from="2026-03-03")
        for day, allowed in (("02", False), ("03", True), ("04", True), ("05", False)):
            with self.subTest(day), freeze_time(f"2026-03-{day} 02:00:00"):
                evaluation = self._submit(self._make_order())
                opinion = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
                opinion = opinion.with_user(self.people["technical"])
                self.assertEqual(opinion.waiting_for_me, allowed)
                waiting = opinion.search([("waiting_for_me", "=", True), ("dimension", "=", "capacity")])
                self.assertEqual(opinion in waiting, allowed)
                self.assertEqual(self.people["technical"] in opinion.sudo().activity_ids.user_id, allowed)
                self.assertEqual(self.people["capacity"] in opinion.sudo().activity_ids.user_id, not allowed)
                if not allowed:
                    with self.assertRaises(WrongDepartmentError):
                        opinion.action_agree()
                    continue
                opinion.action_agree()
                self.assertEqual(opinion.author_id, self.people["technical"])
                self.assertEqual(opinion.on_behalf_of_id, self.people["capacity"])
                other = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "materials")
                with self.assertRaises(WrongDepartmentError):
                    other.with_user(self.people["technical"]).action_agree()

    def test_open_opinions_are_handed_over(self):
        """R3.3.1: what is owed when somebody leaves is put before his stand-in at once, or on the day he leaves."""
        evaluation = self._submit(self._make_order())
        opinion = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "materials")
        self._away("capacity", "technical", date_from="2026-03-03")
        self._away("materials", "technical")
        self.assertIn(self.people["technical"], opinion.activity_ids.user_id)
        capacity = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        self.assertNotIn(self.people["technical"], capacity.activity_ids.user_id)
        with freeze_time("2026-03-03 02:00:00"):
            self.env["paper.evaluation"]._run_clocks(self.company)
            self.env["paper.evaluation"]._run_clocks(self.company)
        self.assertEqual(len(capacity.activity_ids.filtered(lambda rec: rec.user_id == self.people["technical"])), 1)

    def test_absence_without_stand_in(self):
        """R3.3.1: the rest of the department is asked; where nobody is left, the management."""
        self._away("capacity", False)
        evaluation = self._submit(self._make_order())
        capacity = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        asked = capacity.activity_ids.user_id
        self.assertNotIn(self.people["capacity"], asked)
        others = self.company._paper_department_users("paper_base.group_planning") - self.people["capacity"]
        self.assertEqual(asked, others or self.company._paper_department_users("paper_base.group_management"))

    def test_who_may_delegate(self):
        """R3.3.1: the person himself or the management enters an absence, for seats that he has, to somebody who may."""
        with self.assertRaises(DelegationError):
            self.env["paper.delegation"].with_user(self.people["technical"]).create(
                {
                    "user_id": self.people["capacity"].id,
                    "stand_in_id": self.people["technical"].id,
                    "date_from": "2026-03-02",
                    "date_to": "2026-03-04",
                }
            )
        for name, stand_in, values in (
            ("legal", "technical", {"seat": "capacity"}),  # has no such seat
            ("capacity", "technical", {"seat": "cost"}),  # not his seat
            ("capacity", "capacity", {}),  # himself
            ("cost", "technical", {}),  # may not read costs
        ):
            with self.subTest(name=name, stand_in=stand_in), self.assertRaises(DelegationError):
                self._away(name, stand_in, **values)
        delegation = self._away("capacity", "technical")
        with self.assertRaises(DelegationError):
            self._away("capacity", "materials", date_from="2026-03-04", date_to="2026-03-09")
        with self.assertRaises(DelegationError):
            delegation.with_user(self.people["technical"]).write({"date_to": "2026-12-31"})
        with self.assertRaises(DelegationError):
            delegation.with_user(self.people["capacity"]).unlink()
        delegation.with_user(self.people["chair"]).date_to = "2026-03-03"
        with freeze_time("2026-03-09 02:00:00"), self.assertRaises(DelegationError):
            delegation.with_user(self.people["capacity"]).write({"date_to": "2026-12-31"})

    def test_stand_in_passes_nothing_on(self):
        """R3.3.1: the stand-in of a stand-in has no seat."""
        self._away("capacity", "technical")
        self._away("technical", "materials")
        evaluation = self._submit(self._make_order())
        capacity = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        with self.assertRaises(WrongDepartmentError):
            capacity.with_user(self.people["materials"]).action_agree()
        technical = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "technical")
        technical.with_user(self.people["materials"]).action_agree()

    def test_stand_in_of_another_company(self):
        """R3.3.1: a seat is taken over in the company of the absence alone."""
        company = self.env["res.company"].create({"name": "Second mill"})
        both = new_test_user(
            self.env,
            "eval_both",
            groups="base.group_user,paper_base.group_quality",
            company_id=self.company.id,
            company_ids=[(6, 0, (self.company | company).ids)],
        )
        foreign = new_test_user(
            self.env,
            "eval_foreign",
            groups="base.group_user,paper_base.group_planning",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        values = {"date_from": "2026-03-02", "date_to": "2026-03-04", "stand_in_id": both.id, "user_id": foreign.id}
        self.env["paper.delegation"].with_user(foreign).create({**values, "company_id": company.id})
        capacity = self._submit(self._make_order()).opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        with self.assertRaises(WrongDepartmentError):
            capacity.with_user(both).action_agree()
        with self.assertRaises(DelegationError):
            self._away("capacity", "technical", stand_in_id=foreign.id)

    # The chair

    def test_named_people_chair(self):
        """R3.3.1: where the company names people, these alone close panels, even outside the management."""
        self.company.paper_evaluation_chair_ids = self.people["legal"]
        evaluation = self._submit(self._make_order())
        self._give(evaluation)
        self.assertIn(self.people["legal"], evaluation.activity_ids.user_id)
        for name in ("chair", "sales", "cost"):
            self.assertFalse(evaluation.with_user(self.people[name]).is_chair)
            with self.assertRaises(EvaluationRefusedError):
                evaluation.with_user(self.people[name]).action_close()
        evaluation.with_user(self.people["legal"]).conclusion = "Good"
        evaluation.with_user(self.people["legal"]).action_close()
        self.assertEqual(evaluation.state, "passed")
        self.assertEqual(evaluation.closed_by_id, self.people["legal"])

    def test_a_group_chairs(self):
        """R3.3.1: the chair may be the members of any group."""
        self.company.paper_evaluation_chair_group_id = self.env.ref("paper_base.group_quality")
        quality = new_test_user(self.env, "eval_quality", groups="base.group_user,paper_base.group_quality")
        evaluation = self._submit(self._make_order())
        self._give(evaluation)
        with self.assertRaises(EvaluationRefusedError):
            evaluation.with_user(self.people["chair"]).action_close()
        evaluation.with_user(quality).action_close()
        self.assertEqual(evaluation.state, "passed")

    def test_the_chair_is_stood_in_for(self):
        """R3.3.1: a stand-in closes the panel while the chair is away."""
        self._away("chair", "legal", seat="chair")
        evaluation = self._submit(self._make_order())
        self._give(evaluation)
        self.assertIn(self.people["legal"], evaluation.activity_ids.user_id)
        self.assertNotIn(self.people["chair"], evaluation.activity_ids.user_id)
        evaluation.with_user(self.people["legal"]).action_close()
        self.assertEqual(evaluation.closed_by_id, self.people["legal"])

    # One person is not the whole panel

    def test_one_person_speaks_for_two_departments(self):
        """R3.3.1: one person gives at most so many opinions of a panel as the company says, the own and others' together."""
        for name in ("capacity", "materials", "cost"):
            self._away(name, "chair")
        evaluation = self._submit(self._make_order())
        management = self.people["chair"]
        given = [self._opinion(evaluation, name).with_user(management) for name in ("capacity", "materials", "cost")]
        mine = [("waiting_for_me", "=", True), ("evaluation_id", "=", evaluation.id)]
        self.assertEqual(len(given[0].search(mine)), 3)
        for opinion in given[:2]:
            opinion.action_agree()
        given[2].invalidate_recordset()
        self.assertFalse(given[2].waiting_for_me)
        self.assertFalse(given[2].search(mine))
        for refused in (given[2], given[2].sudo()):
            with self.assertRaises(PanelSeatsError), self.cr.savepoint():
                refused.action_agree()
        self.assertEqual(given[2].state, "pending")
        self._opinion(evaluation, "cost").action_agree()  # who is away answers all the same
        other = self._submit(self._make_order())
        several = other.opinion_ids.filtered(lambda rec: rec.dimension in ("capacity", "materials", "cost"))
        with self.assertRaises(PanelSeatsError), self.cr.savepoint():
            several.with_user(management).action_agree()
        self.company.paper_evaluation_seats_per_person = 3
        several.with_user(management).action_agree()
        self.assertEqual(other.given_count, 3)

    def test_several_departments_of_the_own(self):
        """R3.3.1: who belongs to every department is not the whole panel either."""
        departments = [DEPARTMENTS[dimension] for dimension in DIMENSIONS]
        everybody = new_test_user(self.env, "eval_all", groups=",".join(["base.group_user", *departments]))
        evaluation = self._submit(self._make_order())
        for dimension in ("capacity", "technical"):
            self._opinion(evaluation, dimension).with_user(everybody).action_agree()
        for dimension in ("materials", "cost", "sales"):
            with self.subTest(dimension), self.assertRaises(PanelSeatsError), self.cr.savepoint():
                self._opinion(evaluation, dimension).with_user(everybody).action_agree()

    def test_limit_within_the_panel(self):
        """R3.3.1: one person speaks for one department at least, and for all of them at most."""
        for count in (0, 6):
            with self.assertRaises(EvaluationRefusedError):
                self.company.paper_evaluation_seats_per_person = count

    def test_who_submitted_decides_for_nobody(self):
        """R3.3.1: sales, who submitted the order, gives its own opinion alone, and closes no panel for the chair."""
        sales = self.people["sales"]
        for name in ("capacity", "materials", "technical", "cost"):
            self._away(name, "sales")
        self._away("chair", "sales", seat="chair")
        evaluation = self._submit(self._make_order())
        for name in ("capacity", "materials", "technical", "cost"):
            opinion = self._opinion(evaluation, name)
            with self.subTest(name), self.assertRaises(StandInAuthorError), self.cr.savepoint():
                opinion.with_user(sales).action_agree()
            self.assertFalse(opinion.with_user(sales).waiting_for_me)
            self.assertNotIn(sales, opinion.activity_ids.user_id)
        waiting = evaluation.opinion_ids.with_user(sales).search([("waiting_for_me", "=", True)])
        self.assertEqual((waiting & evaluation.opinion_ids).mapped("dimension"), ["sales"])
        self._give(evaluation)
        self.assertFalse(evaluation.with_user(sales).is_chair)
        self.assertNotIn(sales, evaluation.activity_ids.user_id)
        with self.assertRaises(EvaluationRefusedError):
            evaluation.with_user(sales).action_close()
        evaluation.with_user(self.people["chair"]).action_close()

    def test_who_spoke_enough_closes_for_nobody(self):
        """R3.3.1: a stand-in of the chair who gave as many opinions as one person may does not close the panel, too."""
        self._away("chair", "technical", seat="chair")
        self._away("capacity", "technical")
        evaluation = self._submit(self._make_order())
        technical = self.people["technical"]
        self._opinion(evaluation, "capacity").with_user(technical).action_agree()
        self.assertTrue(evaluation.with_user(technical).is_chair)
        self._give(evaluation)
        self.assertFalse(evaluation.with_user(technical).is_chair)
        with self.assertRaises(EvaluationRefusedError):
            evaluation.with_user(technical).action_close()
        evaluation.with_user(self.people["chair"]).action_close()

    # The quorum

    def test_quorum(self):
        """R3.3.1: the panel is closed once enough opinions, and the mandatory ones, are in; the rest stays open-ended."""
        self.company.paper_evaluation_quorum = 3
        self._dimensions("sales", "materials", "technical").mandatory = False
        evaluation = self._submit(self._make_order())
        chair = evaluation.with_user(self.people["chair"])
        for dimension in ("sales", "materials", "technical"):
            self._opinion(evaluation, dimension).action_agree()
        with self.assertRaises(PanelIncompleteError):
            chair.action_close()
        self._opinion(evaluation, "capacity").action_agree()
        self.assertFalse(evaluation.can_close)
        self._opinion(evaluation, "cost").action_agree()
        self.assertTrue(evaluation.can_close)
        other = self._submit(self._make_order())
        for dimension in ("capacity", "cost"):
            self._opinion(other, dimension).action_agree()
        self.assertFalse(other.can_close)
        self._opinion(other, "sales").action_agree()
        other.with_user(self.people["chair"]).action_close()
        self.assertEqual(other.state, "passed")
        self.assertEqual(other.snapshot["rules"]["quorum"], 3)
        self.assertFalse(other.opinion_ids.activity_ids)
        with self.assertRaises(OpinionFrozenError):
            self._opinion(other, "technical").action_agree()

    def test_a_no_counts_within_the_quorum(self):
        """R3.3.1: one no fails the panel also where not all opinions are needed."""
        self.company.paper_evaluation_quorum = 1
        self._dimensions("sales", "capacity", "materials", "technical").mandatory = False
        evaluation = self._submit(self._make_order())
        opinion = self._opinion(evaluation, "cost")
        opinion.write({"verdict": "no", "comment": "Loss"})
        opinion.action_submit()
        evaluation.with_user(self.people["chair"]).action_close()
        self.assertEqual(evaluation.state, "failed")

    def test_quorum_within_the_panel(self):
        """R3.3.1: a panel needs at least one opinion, and no more than there are."""
        for count in (0, 6):
            with self.assertRaises(EvaluationRefusedError):
                self.company.paper_evaluation_quorum = count

    # Agreeing with the figures

    def test_agree_with_several(self):
        """R3.3.1: the clear cases of a list are given in one go; the others keep waiting and are named."""
        evaluations = [self._submit(self._make_order()) for _index in range(3)]
        unclear = self._submit(self._make_order(commitment_date=False))
        opinions = self.env["paper.evaluation.opinion"].with_user(self.people["capacity"]).concat(
            *(self._opinion(evaluation, "capacity") for evaluation in [*evaluations, unclear])
        )
        action = opinions.action_agree_clear()
        clear = opinions.filtered(lambda rec: rec.evaluation_id != unclear)
        self.assertEqual(set(clear.mapped("state")), {"given"})
        self.assertEqual(opinions[-1].state, "pending")
        self.assertIn(unclear.order_id.name, action["params"]["message"])

    def test_agree_with_a_condition(self):
        """R3.3.1: agreeing with a proposal takes its verdict and a sentence as the reason, which all departments read:
        of the costs it names no figure."""
        self.company.paper_evaluation_min_margin = 10
        opinion = self._opinion(self._submit(self._make_order(price=3500)), "cost")
        self.assertEqual(opinion.proposal, "conditional")
        self.assertFalse(opinion.clear_case)
        opinion.action_agree_proposal()
        self.assertEqual((opinion.verdict, opinion.state), ("conditional", "given"))
        self.assertTrue(opinion.condition)
        self.assertRegex(opinion.headline, r"\d")
        self.assertTrue(opinion.comment)
        self.assertNotRegex(opinion.comment + opinion.condition, r"\d")

    def test_agree_with_the_words_of_the_figures(self):
        """R3.3.1: where the figures are no secret, who agrees says their headline."""
        order = self._make_order(tonnes=1, commitment_date="2026-02-20 08:00:00")
        opinion = self._opinion(self._submit(order), "capacity")
        self.assertEqual(opinion.proposal, "no")
        opinion.action_agree_proposal()
        self.assertEqual(opinion.comment, opinion.headline)
