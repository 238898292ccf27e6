from odoo.addons.paper_base.tests.common import PaperCommon
from odoo.tests import Form, HttpCase, tagged

from ..exceptions import DyeBlockedError


@tagged("post_install", "-at_install")
class TestDyeing(PaperCommon, HttpCase):
    """Everything that docs/extending.md promises to an addon of somebody else, with all of ours installed beside it."""

    only_own_rules = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = cls._create_user("t_dyer", "paper_base.group_workshop")
        cls.order = cls._create_order(colour="red")

    def _stand_confirmed(self):
        # Whether everything of the other addons is in order is not asked here.
        self.order.sudo()._by_step().flush_recordset()
        self.env.cr.execute("UPDATE sale_order SET state = 'sale' WHERE id = %s", [self.order.id])
        self.order.invalidate_recordset(["state"])

    def _codes(self, order):
        return [item["code"] for item in order._get_sorted_milestones()[order]]

    def test_milestone(self):
        codes = self._codes(self.order)
        stages = [code for code, _name in self.order._paper_stages()]
        self.assertIn("dyed", codes)
        self.assertEqual(codes, sorted(codes, key=stages.index))
        self.assertNotIn("dyed", self._codes(self._create_order()))

    def test_form_list_board_and_desk(self):
        timeline = self.order.with_user(self.salesman).paper_timeline
        self.assertIn("dyed", [item["code"] for item in timeline["milestones"]])
        with Form(self.order.with_user(self.salesman)) as form:
            form.colour = "blue"
        self.order._paper_status_changed()
        self._settle()
        self.assertTrue(self.order.paper_next_step)
        self.env["sale.order"].formatted_read_group([("id", "=", self.order.id)], ["paper_stage"], ["__count"])
        self._stand_confirmed()
        desk = self.env["paper.desk"].with_user(self.worker).get_desk("department", "to_dye")
        self.assertIn(self.order.id, [row["id"] for row in desk["tasks"]])

    def test_step_and_blocker(self):
        with self.assertRaises(DyeBlockedError) as caught:
            self.order.action_dye()
        self.assertIn("not confirmed", str(caught.exception))
        self._stand_confirmed()
        self.order.colour = False
        with self.assertRaises(DyeBlockedError) as caught:
            self.order._check_blockers("dye")
        self.assertIn("names no colour", str(caught.exception))

    def test_live(self):
        self._settle()
        self.env.cr.precommit.data.pop("bus.bus.values", None)
        with self.subTest("the form that is open hears of it"):
            before = self.order.paper_timeline
            self.order.dyed_on = "2031-03-03"
            after = self.order.paper_timeline
            self.assertNotEqual(before, after)
            told = self.env.cr.precommit.data.get("bus.bus.values", [])
            self.assertTrue([value for value in told if "paper_order_status" in str(value)])

    def test_required_fact(self):
        self.env["paper.required.fact"].create({"target": "sale.order,colour", "necessity": "required"})
        bare = self._create_order()
        self.assertIn("Colour", str(bare._get_blockers("evaluate")[bare]))
        self.assertNotIn("Colour", str(self.order._get_blockers("evaluate")[self.order]))

    def test_report_column(self):
        found = self.env["paper.order.report"].search([("order_id", "=", self.order.id)])
        self.assertEqual(found.mapped("colour"), ["red"])

    def test_portal_and_other_programs(self):
        self.order._by_step("state").write({"state": "sent"})
        self.order._portal_ensure_token()
        self._settle()
        self.env.flush_all()
        page = self.url_open(f"/my/orders/{self.order.id}?access_token={self.order.access_token}")
        self.assertEqual(page.status_code, 200)
        self.assertIn('data-code="dyed"', page.text)
        (told,) = self.env["sale.order"].paper_status([self.order.name])["orders"]
        self.assertIn("dyed", [step["code"] for step in told["steps"]])
        hook = self.env["paper.webhook"].create({"name": "Dyer", "url": "https://dyer.example/", "events": "dyed"})
        self.order.dyed_on = "2031-03-03"
        self._settle()
        self.assertEqual(hook.call_ids.mapped("event"), ["dyed"])

    def test_set_up_and_health(self):
        step = self.env.ref("mill_dyeing.setup_step_dyeing")
        self.assertTrue(step.is_open)
        self.env["paper.grade"].create({"name": "Dyed", "code": "DYE"})
        step.invalidate_recordset()
        self.assertFalse(step.is_open)
        self.assertIn("dyeing", [finding.code for finding in self.env["paper.health"]._get_findings()])
