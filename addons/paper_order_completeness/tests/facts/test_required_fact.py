from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...exceptions import RequiredFactError
from ...lib.required_facts import FLOOR
from ..common import CompletenessCommon


@tagged("post_install", "-at_install")
class TestRequiredFact(CompletenessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.facts = cls.env["paper.required.fact"].search([("company_id", "=", cls.env.company.id)])
        cls.chief = new_test_user(cls.env, "t_chief", groups="paper_base.group_sales,sales_team.group_sale_manager")

    def _fact(self, code):
        return self.facts.filtered(lambda fact: fact.code == code)

    def _missing(self, order):
        order.invalidate_recordset()
        return {gap["fact"] for gap in order.paper_missing or []}

    def test_the_list_comes_with_each_company(self):
        """R3.2.1: a new company has the regulation's six facts and the trade's list; making it again adds nothing."""
        company = self.env["res.company"].create({"name": "Second Mill"})
        facts = self.env["paper.required.fact"].search([("company_id", "=", company.id)])
        self.assertLessEqual(set(FLOOR) | {"width", "core_diameter", "grain_direction", "packing"}, set(facts.mapped("code")))
        self.env["paper.required.fact"]._create_missing(company)
        self.assertEqual(self.env["paper.required.fact"].search_count([("company_id", "=", company.id)]), len(facts))

    def test_the_floor_stays(self):
        """R3.2.1: nobody removes, switches off or loosens one of the regulation's six, not even in sudo."""
        for fact in self._fact("payment_terms"), self._fact("payment_terms").with_user(self.chief):
            for change in ({"active": False}, {"necessity": "wanted"}, {"by_sales": True}, {"format": "reel"}, {"code": "x"}):
                with self.assertRaises(RequiredFactError), self.cr.savepoint():
                    fact.write(change)
            with self.assertRaises(RequiredFactError), self.cr.savepoint():
                fact.unlink()
        packing = self._fact("packing")
        packing.with_user(self.chief).unlink()
        self.assertFalse(packing.exists())
        self.facts = self.facts - packing
        self._fact("payment_terms").with_user(self.chief).name = "How it is paid"
        self.assertEqual(self._fact("payment_terms").display_name, "How it is paid")

    def test_the_floor_holds_without_its_records(self):
        """R3.2.1: where the records were taken out of the database, the six are still asked for."""
        self.env.cr.execute("DELETE FROM paper_required_fact WHERE company_id = %s", [self.env.company.id])
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        order = self._create_complete_order(commitment_date=False)
        self.assertEqual(self._missing(order), {"delivery_date"})
        self.assertEqual(order.paper_fact_total, len(FLOOR))

    def test_a_mill_requires_more(self):
        """R3.2.1: what sales management makes required is missing at once, for the format it is meant for."""
        order = self._create_complete_order()
        reel = self._create_complete_order(
            order_line=[Command.create(self._prepare_line(self._create_reel(), paper_quantity=900, paper_unit="kg"))]
        )
        self._fact("grain_direction").with_user(self.chief).necessity = "required"
        self.assertEqual(self._missing(order), {"grain_direction"})
        self.assertEqual(self._missing(reel), set())
        self.assertIn("incomplete", self._blocker_codes(order))
        self._fact("grain_direction").with_user(self.chief).active = False
        self.assertEqual(self._missing(order), set())

    def test_each_company_has_its_own(self):
        """R3.2.1: another company's list does not touch this one's orders."""
        company = self.env["res.company"].create({"name": "Second Mill"})
        other = self.env["paper.required.fact"].search([("company_id", "=", company.id), ("code", "=", "packing")])
        other.necessity = "required"
        self.assertEqual(self._missing(self._create_complete_order()), set())

    def test_one_of_two_figures_will_do(self):
        """R3.2.1: basis weight or caliper: either tells what paper it is."""
        order = self._create_complete_order()
        order.order_line.paper_spec_id.write({"basis_weight": 0, "caliper": 90})
        self.assertEqual(self._missing(order), set())
        order.order_line.paper_spec_id.caliper = 0
        self.assertEqual(self._missing(order), {"basis_weight"})

    def test_a_spec_that_cannot_be_made_is_a_question(self):
        """R3.2.1: a specification wider than the machines that are left makes its order incomplete."""
        order = self._create_complete_order()
        self.env.company.paper_max_deckle = 600
        self.assertEqual(self._missing(order), {"contradiction"})
        self.assertIn("600", order.paper_missing_text)

    def test_rights(self):
        """R3.2.1: a salesperson reads the list; sales management changes it; nobody takes a name of the regulation's."""
        with self.assertRaises(AccessError):
            self._fact("packing").with_user(self.seller).necessity = "required"
        self.assertTrue(self._fact("packing").with_user(self.seller).display_name)
        with self.assertRaises(RequiredFactError):
            self.env["paper.required.fact"].with_user(self.chief).create({"code": "product", "target": "paper.spec,finish"})

    def test_the_list_costs_no_query(self):
        """R3.2.1: once read, the list of facts is asked of no database again."""
        rules = self.env["paper.required.fact"]
        rules._rules(self.env.company.id)
        with self.assertQueryCount(0):
            rules._rules(self.env.company.id)
