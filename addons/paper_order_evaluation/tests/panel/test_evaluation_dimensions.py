from odoo import Command
from odoo.exceptions import AccessError
from odoo.modules.module import load_script
from odoo.tests import Form, new_test_user, tagged
from odoo.tools.misc import file_path

from ...exceptions import DimensionError, EvaluationRefusedError, OpinionFrozenError, WrongDepartmentError
from ...lib.panel import DIMENSIONS
from ..common import DELIVERY, DEPARTMENTS, EvaluationCommon

VERSION = "19.0.1.2.0"


@tagged("post_install", "-at_install")
class TestEvaluationDimensions(EvaluationCommon):
    """A dimension that the mill adds to the panel, by records alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.department = cls.env["res.groups"].create(
            {"name": "Environment", "implied_ids": [Command.link(cls.env.ref("paper_base.group_paper_user").id)]}
        )
        officer = new_test_user(cls.env, "eval_environment", groups="base.group_user,paper_base.group_paper_user")
        officer.group_ids += cls.department
        cls.people = {**cls.people, "environment": officer}

    def _environment(self, **values):
        """Return the dimension as the management enters it in the client."""
        form = Form(self.env["paper.evaluation.dimension"].with_user(self.people["chair"]))
        form.code = "environment"
        form.name = "Environment"
        form.group_id = self.department
        for name, value in values.items():
            form[name] = value
        return form.save()

    # A whole panel

    def test_a_sixth_walks_the_panel(self):
        """R3.3.1: a dimension that the mill added has its opinion, deadline, to-do and place like the five; the panel waits."""
        environment = self._environment()
        self.assertTrue(environment.mandatory)
        order = self._make_order()
        evaluation = self._submit(order)
        self.assertEqual(evaluation.opinion_ids.mapped("dimension"), [*DIMENSIONS, "environment"])
        opinion = self._opinion(evaluation, "environment")
        self.assertEqual((opinion.dimension_name, opinion.department), ("Environment", "Environment"))
        self.assertEqual(opinion.deadline_date, evaluation.deadline_date)
        self.assertIn(self.people["environment"], opinion.sudo().activity_ids.user_id)
        self.assertTrue(opinion.waiting_for_me)
        self.assertEqual(opinion.search([("waiting_for_me", "=", True)]), opinion)
        self.assertIn("Environment", evaluation.owed)
        for name in DIMENSIONS:
            self._opinion(evaluation, name).action_agree()
        self.assertFalse(evaluation.can_close)
        with self._refused(WrongDepartmentError):
            opinion.with_user(self.people["technical"]).action_agree()
        opinion.message_post(body="Permit", attachments=[("permit.pdf", b"%PDF-1.4")])
        opinion.write({"verdict": "conditional", "comment": "Near the limit", "condition": "No bleaching at night"})
        opinion.action_submit()
        self.assertEqual((opinion.state, opinion.author_id), ("given", self.people["environment"]))
        self.assertFalse(opinion.sudo().activity_ids)
        evaluation.with_user(self.people["chair"]).action_close()
        self.assertEqual(evaluation.state, "conditional")
        self.assertEqual(evaluation.conditions, "Environment: No bleaching at night")
        kept = {item["dimension"]: item for item in evaluation.snapshot["opinions"]}
        self.assertEqual(kept["environment"]["condition"], "No bleaching at night")
        self.assertIn("environment", evaluation.snapshot["rules"]["mandatory"])
        with self._refused(OpinionFrozenError):
            opinion.write({"comment": "Other"})

    def test_its_no_reaches_the_customer(self):
        """R3.4: an order that fails on an added dimension gets a letter that says so in the mill's words, or in usual ones."""
        environment = self._environment()
        evaluation = self._decide(self._make_order(), environment="no")
        self.assertEqual(evaluation.state, "failed")
        self.assertIn("a requirement that we have to keep", evaluation.customer_letter)
        self.assertNotIn("environment says why", evaluation.customer_letter)
        environment.letter_reason = "our permit does not allow it"
        evaluation.with_user(self.people["sales"]).action_draft_letter()
        self.assertIn("our permit does not allow it", evaluation.customer_letter)

    def test_it_answers_again_after_a_change(self):
        """R3.3.1: whatever changes of the order, an added dimension answers again; without a change its opinion stands."""
        self._environment()
        order = self._make_order()
        first = self._decide(order)
        order.order_line.price_unit = 6500
        self.assertIn("Environment", first.change_summary)
        second = self._submit(order)
        self.assertEqual(set(second._pending_opinions().mapped("dimension")), {"sales", "cost", "environment"})

    def test_a_stand_in_gives_it(self):
        """R3.3.1: the department's member is away, and who stands in for that seat gives the opinion."""
        self._environment()
        officer = self.people["environment"]
        self.env["paper.delegation"].with_user(officer).create(
            {
                "user_id": officer.id,
                "stand_in_id": self.people["technical"].id,
                "seat": "environment",
                "date_from": "2026-03-02",
                "date_to": "2026-03-04",
            }
        )
        opinion = self._opinion(self._submit(self._make_order()), "environment").with_user(self.people["technical"])
        self.assertIn(self.people["technical"], opinion.sudo().activity_ids.user_id)
        opinion.action_agree()
        self.assertEqual(opinion.on_behalf_of_id, officer)

    def test_figures_of_an_addon(self):
        """R3.3.1: an addon gives a dimension figures by methods named after its code; they are told like those of the five."""
        self._environment()
        Evaluation, Opinion = self.registry["paper.evaluation"], self.registry["paper.evaluation.opinion"]
        figures = {"proposal": "yes", "effluent": 12}
        found = {"_facts_environment": lambda records: {record: dict(figures) for record in records}}
        self._patch(Evaluation, found)
        self._patch(
            Opinion,
            {
                "_headline_environment": lambda _opinion, facts: f"{facts['effluent']} m³ per tonne",
                "_table_environment": lambda _opinion, facts: (("Effluent",), [(facts["effluent"],)]),
            },
        )
        opinion = self._opinion(self._submit(self._make_order()), "environment")
        self.assertEqual((opinion.proposal, opinion.headline), ("yes", "12 m³ per tonne"))
        self.assertIn("Effluent", opinion.evidence_html)
        self.assertTrue(opinion.clear_case)

    def _patch(self, model, methods):
        for name, method in methods.items():
            setattr(model, name, method)
            self.addCleanup(delattr, model, name)

    # Who is asked, and who is waited for

    def test_an_optional_one_does_not_block(self):
        """R3.3.1: a panel is closed without the opinion of a dimension that is not needed in any case."""
        self._environment(mandatory=False)
        evaluation = self._submit(self._make_order())
        self.assertIn("environment", evaluation.opinion_ids.mapped("dimension"))
        for name in DIMENSIONS:
            self.assertFalse(evaluation.can_close)
            self._opinion(evaluation, name).action_agree()
        self.assertTrue(evaluation.can_close)
        evaluation.with_user(self.people["chair"]).action_close()
        self.assertEqual(evaluation.state, "passed")
        self.assertFalse(self._opinion(evaluation, "environment").sudo().activity_ids)

    def test_an_optional_one_does_not_block_a_short_panel(self):
        """R2, R3.3.1: nor does it where the type of the order asks fewer departments than the quorum."""
        self._environment(mandatory=False, samples=True)
        order = self._make_order()
        order.with_user(self.people["sales"]).paper_order_type = "sample"
        evaluation = self._submit(order)
        self.assertEqual(evaluation.opinion_ids.mapped("dimension"), ["capacity", "technical", "environment"])
        self._opinion(evaluation, "capacity").action_agree()
        self.assertFalse(evaluation.can_close)
        self._opinion(evaluation, "technical").action_agree()
        self.assertTrue(evaluation.can_close)

    def test_an_archived_one_stays_on_old_panels(self):
        """R3.3.1: who is asked no more still answers what was asked before; new panels do without."""
        environment = self._environment()
        before = self._submit(self._make_order())
        environment.active = False
        after = self._submit(self._make_order())
        self.assertEqual(after.opinion_ids.mapped("dimension"), list(DIMENSIONS))
        self._give(after)
        self.assertTrue(after.can_close)
        for name in DIMENSIONS:
            self._opinion(before, name).action_agree()
        self.assertFalse(before.can_close)
        self._opinion(before, "environment").action_agree()
        self.assertTrue(before.can_close)
        before.with_user(self.people["chair"]).action_close()
        self.assertEqual(self._opinion(before, "environment").dimension_name, "Environment")

    def test_each_company_chooses(self):
        """R3.3.1: what is needed in any case, and who evaluates samples, is the choice of each company."""
        other = self.env["res.company"].create({"name": "Second mill"})
        self.people["chair"].company_ids += other
        environment = self._environment()
        there = environment.with_company(other)
        self.assertTrue(there.mandatory)
        environment.mandatory = False
        self.env.invalidate_all()
        self.assertEqual((environment.mandatory, there.mandatory), (False, True))
        self.assertEqual(other._sample_panel(), ["capacity", "technical"])
        there.samples = True
        self.env.invalidate_all()
        self.assertEqual(other._sample_panel(), ["capacity", "technical", "environment"])
        self.assertEqual(self.company._sample_panel(), ["capacity", "technical"])

    def test_the_quorum_counts_it(self):
        """R3.3.1: with six dimensions a company may ask for six opinions, and not for seven."""
        self._environment()
        self.company.paper_evaluation_quorum = 6
        with self.assertRaises(EvaluationRefusedError):
            self.company.paper_evaluation_quorum = 7

    # Who may change it

    def test_rights(self):
        """R3.3.1: the management says what the panel is asked; the departments read it, and change nothing."""
        dimension = self._dimensions("technical")
        dimension.sequence = 5
        for name in DEPARTMENTS:
            if name == "chair":
                continue
            own = dimension.with_user(self.people[name])
            self.assertTrue(own.name)
            with self.subTest(name), self.assertRaises(AccessError):
                own.write({"mandatory": False})
            with self.subTest(name), self.assertRaises(AccessError):
                own.create({"code": "safety", "name": "Safety", "group_id": self.department.id})
            with self.subTest(name), self.assertRaises(AccessError):
                own.unlink()

    def test_what_was_asked_is_kept(self):
        """R3.3.1: neither one of the five nor one that a panel was asked is deleted or gets another code."""
        environment = self._environment()
        environment.code = "permit"
        environment.code = "environment"
        self._submit(self._make_order())
        for dimension in (environment, self._dimensions("cost")):
            with self.assertRaises(DimensionError):
                dimension.unlink()
            with self.assertRaises(DimensionError):
                dimension.code = "other"

    def test_what_cannot_be_a_dimension(self):
        """R3.3.1: a code that is none, the seat of somebody else, or a department that opens no evaluation is refused."""
        for code in ("Environment", "a b", "_private", "chair"):
            with self.subTest(code), self.assertRaises(DimensionError), self.cr.savepoint():
                self._environment(code=code)
        self.env.registry.clear_cache()
        stranger = self.env["res.groups"].create({"name": "Visitors"})
        with self.assertRaises(DimensionError), self.cr.savepoint():
            self._environment(group_id=stranger)
        self.env.registry.clear_cache()

    def test_search_by_code(self):
        """R3.3.1: opinions are still found by the code of their dimension."""
        evaluation = self._submit(self._make_order())
        found = self.env["paper.evaluation.opinion"].search(
            [("evaluation_id", "=", evaluation.id), ("dimension", "in", ("cost", "sales"))]
        )
        self.assertEqual(found.mapped("dimension"), ["sales", "cost"])
        self.assertEqual(found.dimension_id, self._dimensions("sales", "cost"))

    # Upgrade

    def _migrate(self, name):
        script = file_path(f"paper_order_evaluation/migrations/{VERSION}/{name}-dimensions.py")
        load_script(script, f"{name}_dimensions").migrate(self.env.cr, "19.0.1.1.4")

    def test_opinions_keep_their_dimension(self):
        """R3.3.1: opinions of the release before, which named their dimension by a choice, keep it, and their place."""
        evaluation = self._submit(self._make_order(commitment_date=DELIVERY))
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("ALTER TABLE paper_evaluation_opinion DROP COLUMN dimension_id CASCADE")
        cr.execute("DROP TABLE paper_evaluation_dimension CASCADE")
        cr.execute("DELETE FROM ir_model_data WHERE model = 'paper.evaluation.dimension'")
        for _run in range(2):
            self._migrate("pre")
        cr.execute(
            """SELECT opinion.dimension, dimension.code, opinion.sequence, data.name, users.name
                 FROM paper_evaluation_opinion opinion
                 JOIN paper_evaluation_dimension dimension ON dimension.id = opinion.dimension_id
                 JOIN ir_model_data data ON data.model = 'paper.evaluation.dimension' AND data.res_id = dimension.id
                 JOIN ir_model_data users ON users.model = 'res.groups' AND users.res_id = dimension.group_id
                WHERE opinion.evaluation_id = %s AND users.module = 'paper_base' ORDER BY opinion.sequence""",
            [evaluation.id],
        )
        expected = [
            (code, code, place * 10, f"dimension_{code}", DEPARTMENTS[code].removeprefix("paper_base."))
            for place, code in enumerate(DIMENSIONS, 1)
        ]
        self.assertEqual(cr.fetchall(), expected)

    def test_companies_keep_their_choice(self):
        """R3.3.1: what a company had ticked of the five is what it needs now, of orders and of samples."""
        cr = self.env.cr
        columns = [f"{kind}_needs_{code}" for kind in ("paper_evaluation", "paper_sample") for code in DIMENSIONS]
        cr.execute("ALTER TABLE res_company " + ", ".join(f"ADD COLUMN {name} boolean DEFAULT true" for name in columns))
        cr.execute("UPDATE res_company SET paper_evaluation_needs_cost = false, paper_sample_needs_sales = NULL")
        for _run in range(2):
            self._migrate("post")
        self.env.invalidate_all()
        self.assertEqual(self.company.paper_mandatory_dimension_ids.mapped("code"), list(DIMENSIONS[:-1]))
        self.assertEqual(self.company._sample_panel(), list(DIMENSIONS[1:]))

    def test_a_release_without_the_choice(self):
        """R2, R3.3.1: a release that did not know samples yet gets what a new mill gets."""
        self.env.cr.execute("DELETE FROM paper_evaluation_sample_rel")
        for _run in range(2):
            self._migrate("post")
        self.env.invalidate_all()
        self.assertEqual(self.company._sample_panel(), ["capacity", "technical"])
        self.assertEqual(self.company.paper_mandatory_dimension_ids.mapped("code"), list(DIMENSIONS))
