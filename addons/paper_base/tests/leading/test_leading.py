from datetime import timedelta

from lxml import etree
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ...lib.progress import Progress
from ..common import PaperCommon
from ..own_rules import keep_own_leads


@tagged("post_install", "-at_install")
class TestLeading(PaperCommon):
    """One button of an order leads: the one that takes it on, for whoever may press it (R4.2.2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        keep_own_leads(cls, "action_confirm")
        cls.order = cls._create_order()
        cls.reader = cls._create_user("t_technical", "paper_base.group_technical")

    def leading(self, user, order=None):
        self._settle()
        return (order or self.order).with_user(user).paper_leading_button

    def buttons(self, user, order=None):
        """Return ``[(name, is primary)]`` of the buttons above the form, as this user sees them."""
        record = (order or self.order).with_user(user)
        arch = etree.fromstring(record.get_view(view_type="form")["arch"])
        names = {name for name in record._fields if name in str(etree.tostring(arch))}
        values = {name: record.sudo()[name] for name in names if record._fields[name].type in ("boolean", "char", "selection")}
        values |= {"id": record.id, "paper_leading_button": record.paper_leading_button}
        values |= {name: len(record.sudo()[name]) for name in names if record._fields[name].type.endswith("2many")}
        values["invoice_count"] = record.sudo().invoice_count
        return [
            (button.get("name"), "btn-primary" in (button.get("class") or ""))
            for button in arch.xpath("/form/header//button")
            if not safe_eval(button.get("invisible") or "False", values)
        ]

    def test_the_possible_one_leads(self):
        """R4.2.2: sales confirm an order that nothing blocks; a department that only reads it is offered nothing."""
        self.assertEqual(self.leading(self.salesman), "action_confirm")
        self.assertFalse(self.leading(self.reader))
        self._block()
        self.order.invalidate_recordset()
        self.assertFalse(self.leading(self.salesman))

    def test_the_customers_turn_leads_nobody(self):
        """R4.2.2: while the customer has the order, no button of the mill's is the next thing to do."""
        self._add_milestones({"code": "signed", "name": "Signed", "state": "paused"})
        self.order._paper_status_changed()
        self.assertFalse(self.leading(self.salesman))

    def test_nothing_leads_ahead_of_its_stage(self):
        """R4.2.2: what an order waits for comes first, whatever could be done already."""
        self._add_milestones({"code": "legal", "name": "Legal", "state": "current", "department": "legal"})
        self.order._paper_status_changed()
        self.assertFalse(self.leading(self.salesman))

    def test_one_primary_button(self):
        """R4.2.2: of all the buttons one is primary; sending, which Odoo puts first, stands beside it."""
        shown = self.buttons(self.salesman)
        self.assertEqual([name for name, primary in shown if primary], ["action_confirm"])
        self.assertIn(("action_quotation_send", False), shown)
        self.assertEqual([name for name, _primary in shown].count("action_confirm"), 1)
        self._block()
        self.order.invalidate_recordset()
        self.assertEqual([name for name, primary in self.buttons(self.salesman) if primary], [])
        self.assertIn(("action_confirm", False), self.buttons(self.salesman))

    def test_orders_of_other_goods_keep_odoos_buttons(self):
        """R4.2.2: an order without paper is handled as Odoo does."""
        other = self._create_order(self._prepare_line(product=self.pallet))
        self.assertIn(("action_quotation_send", True), self.buttons(self.salesman, other))

    def test_how_far_the_running_step_is(self):
        """R5.3.3: the step that goes on says how much of the ordered weight has come through it."""
        progress = [Progress(ordered=30000, reached=12000, begun=True, open=True)]
        made = self.order._paper_milestone("produced", "Produced", "current", deadline=self.env.company._paper_today())
        done = self.order._paper_milestone("planned", "Planned", "done")
        shown = self.order._format_milestones([{**done, "progress": progress}, {**made, "progress": progress}])
        self.assertEqual([item["percent"] for item in shown], [None, 40])
        self.assertTrue(shown[1]["deadline"])

    def test_what_no_addon_knows_is_left_out(self):
        """R4.2.2: a figure of a stage that no installed addon reports is left out, not drawn as 0."""
        for tracked, shown in ((frozenset(), False), (frozenset({"produced"}), True)):
            self.patch(type(self.order), "_paper_tracked_stages", lambda orders, tracked=tracked: tracked)
            self.env.registry.clear_cache("templates")
            card = self.env["sale.order"].get_view(self.env.ref("paper_base.paper_order_view_kanban").id, "kanban")["arch"]
            self.assertEqual("paper_made_percent" in card, shown)
            self.assertNotIn("paper_shipped_percent", card)
            table = self.env["sale.order.line"].get_view(self.env.ref("paper_base.paper_tracking_view_list").id, "list")["arch"]
            columns = {node.get("name"): node.get("column_invisible") for node in etree.fromstring(table).iter("field")}
            self.assertEqual(columns["paper_made_kg"] != "True", shown)
            self.assertEqual(columns["paper_shipped_kg"], "True")
            self.assertNotEqual(columns["paper_invoiced_kg"], "True")

    def test_no_light_without_a_date(self):
        """R4.2.2: a line for which no delivery date is agreed is not in time, and not late either."""
        line = self.order.order_line
        self.assertFalse(line.paper_light)
        self.order.commitment_date = self.env.cr.now() + timedelta(days=90)
        self.assertEqual(line.paper_light, "fine")

    def test_the_table_is_exported(self):
        """R4.2.2: the management takes the tracking table into a spreadsheet, with the figures that it shows."""
        rows = self.order.order_line.with_user(self.manager).export_data(
            ["order_id/name", "paper_spec_id/display_name", "paper_weight_kg", "paper_made_kg", "paper_light"]
        )["datas"]
        self.assertEqual(rows[0][0], self.order.name)
        self.assertGreater(rows[0][2], 0)
