import re

from lxml import etree
from odoo.tests import TransactionCase, new_test_user, tagged

# What says in which unit a number is.
UNIT = re.compile(r"\(.+\)|%|\bper\b|\bkg\b|\bdays?\b|\bhours?\b|\bmonths?\b", re.IGNORECASE)
UNIT_FIELD = re.compile(r"unit|uom|currency")
# Numbers without a unit, or told with it: amounts of money, hours, bars.
OTHERWISE = ("monetary", "float_time", "paper_minutes", "percentage", "progressbar", "statinfo", "many2one_uom")
# What nothing has 0 of: a measure of paper, the weight of a roll. Where it was not given, nothing is told.
MEASURE = re.compile(r"\((?:mm|µm|m|g/m²|m/min)\)$")
WEIGHED = {("stock.lot", "paper_gross_kg"), ("stock.lot", "paper_tare_kg"), ("stock.lot", "paper_net_kg")}
EMPTY = ("paper_number", "paper_blank_float")
# ... but a web begins at 0 m, and at its first edge.
BEGINNING = {("paper.lot.link", "from_m"), ("paper.trim.fault", "from_m"), ("paper.trim.fault", "from_mm")}
# Limits of facts and measures of different kinds, whose unit is named by the fact or the measure in the same row.
TOLD_BY_THE_FACT = {
    ("paper.required.fact", "minimum"),
    ("paper.required.fact", "maximum"),
    ("paper.machine.limit", "minimum"),
    ("paper.machine.limit", "maximum"),
    ("paper.machine.inspected", "minimum"),
    ("paper.machine.inspected", "maximum"),
    ("paper.machine.inspected", "mean"),
    ("paper.machine.inspected", "deviation"),
    ("paper.stats.correction", "difference"),
    ("paper.stats.snapshot.line", "reported"),
    ("paper.stats.snapshot.line", "now"),
    ("paper.stats.snapshot.line", "difference"),
    # A meter counts in its own unit, a set point is measured in that of the process card.
    ("paper.meter", "turns_over_at"),
    ("paper.meter.reading", "value"),
    ("paper.meter.reading", "used"),
    ("paper.process.reading", "value"),
}


@tagged("post_install", "-at_install")
class TestOrderForm(TransactionCase):
    """The order form and the lists with all addons installed (R4.2.2)."""

    def _ours(self, model):
        data = self.env["ir.model.data"].search([("model", "=", model)])
        return data.filtered(lambda rec: rec.module.startswith("paper_"))

    def test_leads_are_real(self):
        """R4.2.2: what leads is a button of the form, judged by a field of the order, at a stage and a step that there are."""
        orders = self.env["sale.order"]
        leads = orders._paper_leads()
        everything = new_test_user(self.env, "form.writer", groups="paper_base.group_sales,paper_base.group_warehouse")
        arch = etree.fromstring(orders.with_user(everything).get_view(view_type="form")["arch"])
        shown = set(arch.xpath("/form/header//button/@name"))
        stages = {code for code, _name in orders._paper_stages()}
        self.assertGreater(len(leads), 5)
        for lead in leads:
            with self.subTest(button=lead.button):
                self.assertTrue(callable(getattr(orders, lead.button)))
                self.assertEqual(orders._fields[lead.can].type, "boolean")
                self.assertIn(lead.stage, {"", *stages})
                self.assertIn(lead.step, {"", *orders._paper_steps()})
                self.assertIn(lead.button, shown)

    def test_one_primary_button(self):
        """R4.2.2: no button of a paper order's form is primary but the one that leads."""
        arch = etree.fromstring(self.env["sale.order"].get_view(view_type="form")["arch"])
        primary = arch.xpath("/form/header//button[contains(@class, 'btn-primary') or contains(@class, 'oe_highlight')]")
        self.assertTrue(primary)
        for button in primary:
            with self.subTest(button=button.get("name")):
                self.assertRegex(button.get("invisible"), r"paper_leading_button != |is_paper_order$")

    def test_empty_screens_say_what_to_do(self):
        """R4.2.2: every list of ours that may be empty says what will stand there and how it gets there."""
        found = self._ours("ir.actions.act_window")
        self.assertGreater(len(found), 50)
        for record in found:
            action = self.env["ir.actions.act_window"].browse(record.res_id)
            if action.view_mode != "form":
                with self.subTest(action=record.complete_name):
                    self.assertTrue(action.help)

    def test_numbers_have_units(self):
        """R4.2.2: every figure of ours has its unit beside it, in its label or in its row."""
        figures = [*self._figures("form", "list")]
        bare = {
            f"{view}: {field}"
            for view, node, field in figures
            if not self._has_unit(node, field) and (field.model_name, field.name) not in TOLD_BY_THE_FACT
        }
        self.assertGreater(len(figures), 100)
        self.assertEqual(bare, set())

    def test_what_was_not_given_is_not_zero(self):
        """R3.1.1, R4.2.2: no measure of paper and no weight of a roll starts as 0 or is told as 0 where nobody gave it."""
        measures = [
            (view, node, field)
            for view, node, field in self._figures("form", "list", "kanban")
            if (MEASURE.search(field.string) or (field.model_name, field.name) in WEIGHED)
            and (field.model_name, field.name) not in BEGINNING
            and not self._is_hidden(node)
        ]
        self.assertGreater(len(measures), 50)
        self.assertEqual({f"{view}: {field}" for view, node, field in measures if node.get("widget") not in EMPTY}, set())

    def _figures(self, *kinds):
        """Yield ``(name of the view, node, field)`` of the figures of ours in our views of these kinds."""
        for record in self._ours("ir.ui.view"):
            view = self.env["ir.ui.view"].browse(record.res_id)
            if view.type in kinds and view.model in self.env:
                arch = etree.fromstring(view.with_context(lang=None).arch_db)
                yield from ((record.complete_name, *found) for found in self._figures_in(arch, self.env[view.model]))

    def _figures_in(self, node, model):
        for child in node.iterchildren(tag=etree.Element):
            field = model._fields.get(child.get("name")) if child.tag == "field" and model is not None else None
            if field is not None and field.type == "float" and (field._module or "").startswith("paper_"):
                yield child, field
            yield from self._figures_in(child, self.env[field.comodel_name] if field is not None and field.relational else model)

    def _is_hidden(self, node):
        """Say whether a node is another one's place, or is never seen."""
        return bool(node.get("position") or {node.get("invisible"), node.get("column_invisible")} & {"True", "1"})

    def _has_unit(self, node, field):
        if self._is_hidden(node):
            return True
        beside = [item.get("name", "") for item in node.getparent() if item is not node and item.tag == "field"]
        after = node.getnext()
        return bool(
            UNIT.search(node.get("string") or field.string)
            or node.get("widget") in OTHERWISE
            or (node.tail or "").strip()
            or (after is not None and after.tag == "span")
            or any(UNIT_FIELD.search(name) for name in beside)
        )

    def test_minutes_are_told_as_hours(self):
        """R5.3.1: the durations that Odoo keeps in minutes are told as hours and minutes wherever the workshop reads them."""
        for model, kind in (("mrp.workorder", "list"), ("mrp.workorder", "form")):
            arch = etree.fromstring(self.env[model].get_view(view_type=kind)["arch"])
            told = {node.get("widget") for node in arch.xpath("//field[@name='duration' or @name='duration_expected']")}
            with self.subTest(model=model, kind=kind):
                self.assertIn("paper_minutes", told)
                self.assertFalse(told & {"float_time", "mrp_timer"})
