import re

from odoo.tests import Form, tagged

from ...exceptions import PaperAmountError, QuantityConversionError
from ..common import PaperCommon


@tagged("post_install", "-at_install")
class TestOrderLineQuantity(PaperCommon):
    def test_every_unit_of_sheets(self):
        """R3.1.1: sheets are ordered by weight, area, sheet or ream; the product's quantity is the weight."""
        spec = self._create_sheet(basis_weight=60)  # 25.782 kg a ream of 500
        for unit, quantity, weight in [
            ("ream", 10, 257.822),
            ("sheet", 5000, 257.822),
            ("kg", 257.822, 257.822),
            ("t", 2, 2000),
            ("m2", 1000, 60),
        ]:
            with self.subTest(unit=unit):
                line = self._create_order(
                    self._prepare_line(spec, paper_quantity=quantity, paper_unit=unit)
                ).order_line
                self.assertAlmostEqual(line.product_uom_qty, weight, 2)
                self.assertAlmostEqual(line.paper_weight_kg, weight, 2)

    def test_every_unit_of_reels(self):
        """R3.1.1: reels are ordered by weight, area, metre or reel."""
        spec = self._create_reel(
            basis_weight=70, caliper=88, reel_diameter_max=1050, core_diameter=76
        )  # 9,788 m and 539 kg a reel
        for unit, quantity, weight in [
            ("reel", 2, 1078.4),
            ("m", 9788, 539.2),
            ("m2", 1000, 70),
            ("kg", 800, 800),
            ("t", 1.5, 1500),
        ]:
            with self.subTest(unit=unit):
                line = self._create_order(
                    self._prepare_line(spec, paper_quantity=quantity, paper_unit=unit)
                ).order_line
                self.assertAlmostEqual(line.paper_weight_kg, weight, delta=0.3)
                self.assertAlmostEqual(line.product_uom_qty, line.paper_weight_kg, 2)

    def test_a_product_in_tonnes(self):
        """R3.1.1: a product sold by the tonne gets the weight in tonnes, to the kilogram."""
        line = self._create_order(
            self._prepare_line(self._create_sheet(), self.paper_t, paper_quantity=1000)
        ).order_line
        self.assertEqual(line.product_uom_qty, 34.376)
        self.assertEqual(line.paper_weight_kg, 34376.16)

    def test_a_unit_of_the_other_format(self):
        """R3.1.1: nobody can order reels of sheets or reams of reels."""
        for spec, unit in [
            (self._create_sheet(), "reel"),
            (self._create_sheet(), "m"),
            (self._create_reel(), "ream"),
            (self._create_reel(), "sheet"),
        ]:
            with self.subTest(unit=unit), self.assertRaises(QuantityConversionError):
                self._create_order(self._prepare_line(spec, paper_unit=unit))
        line = self._create_order().order_line
        with self.assertRaises(QuantityConversionError):
            line.paper_unit = "reel"

    def test_a_product_in_pieces(self):
        """R3.1.1: a product that is not sold by weight cannot carry a specification, and the message says so."""
        spec = self._create_sheet()
        for values in ({}, {"paper_quantity": 0}, {"paper_quantity": 5, "product_uom_qty": 5}):
            with self.subTest(values=values), self.assertRaises(QuantityConversionError) as caught:
                self._create_order(self._prepare_line(spec, self.pallet, **values))
            self.assertIn(self.units.name, caught.exception.args[0])
        line = self._create_order(self._prepare_line(product=self.pallet)).order_line
        with self.assertRaises(QuantityConversionError):
            line.paper_spec_id = spec

    def test_quantity_written_in_the_products_unit(self):
        """R3.1.1: a weight that arrives alone becomes the customer's unit."""
        spec = self._create_sheet(basis_weight=60)
        line = self._create_order(self._prepare_line(spec)).order_line
        line.write({"product_uom_qty": 257.822})
        self.assertAlmostEqual(line.paper_quantity, 10, 3)
        made = self._create_order(
            {"product_id": self.paper.id, "paper_spec_id": spec.id, "paper_unit": "ream", "product_uom_qty": 257.822}
        ).order_line
        self.assertAlmostEqual(made.paper_quantity, 10, 3)
        self.assertAlmostEqual(made.paper_weight_kg, 257.822, 2)

    def test_no_quantity_at_all(self):
        """R3.1.1, R3.2.1: a line without quantity stays without, whoever makes it; Odoo's unit is nobody's order."""
        spec = self._create_sheet()
        for values in (
            {"paper_spec_id": spec.id},
            {"paper_spec_id": spec.id, "paper_quantity": 0},
            {"paper_spec_id": spec.id, "product_uom_qty": 0},
            {"paper_spec_id": spec.id, "paper_quantity": 0, "product_uom_qty": 0, "paper_unit": "ream"},
            {},
        ):
            with self.subTest(values=values):
                order = self._create_order({"product_id": self.paper_t.id, **values})
                line = order.order_line
                self.assertEqual((line.product_uom_qty, line.paper_quantity, line.paper_weight_kg), (0, 0, 0))
                self.assertTrue(order._get_blockers("evaluate")[order])
                copied = order.copy().order_line
                self.assertEqual((copied.product_uom_qty, copied.paper_quantity), (0, 0))
        kept = self._create_order({"product_id": self.pallet.id}).order_line
        self.assertEqual(kept.product_uom_qty, 1, "what is no paper is left to Odoo")

    def test_a_quantity_of_the_context(self):
        """R3.1.1: a quantity that a context gives is given."""
        spec = self._create_sheet(basis_weight=60)
        lines = self.env["sale.order.line"]
        values = {"order_id": self._create_order().id, "product_id": self.paper.id, "paper_spec_id": spec.id}
        line = lines.with_context(default_product_uom_qty=257.822, default_paper_unit="ream").create(values)
        self.assertAlmostEqual(line.paper_quantity, 10, 3)
        line = lines.with_context(default_paper_quantity=10, default_paper_unit="ream").create(values)
        self.assertAlmostEqual(line.product_uom_qty, 257.822, 2)

    def test_a_quantity_is_taken_back(self):
        """R3.1.1: 0 is 0, in whichever of the two quantities it is written."""
        for name in ("paper_quantity", "product_uom_qty"):
            with self.subTest(name=name):
                line = self._create_order().order_line
                line.write({name: 0})
                self.assertEqual((line.product_uom_qty, line.paper_quantity, line.paper_weight_kg), (0, 0, 0))

    def test_nothing_below_zero(self):
        """R3.1.1, R4.1.1: no quantity and no price of paper is below zero, created or written, with or without a
        specification; what is no paper is left to Odoo."""
        spec = self._create_sheet()
        for values in (
            {"paper_spec_id": spec.id, "paper_quantity": -5, "paper_unit": "t"},
            {"paper_spec_id": spec.id, "product_uom_qty": -5},
            {"product_uom_qty": -5},
            {"product_uom_qty": 5, "price_unit": -1},
            {"product_uom_qty": 5, "discount": 101},
        ):
            with self.subTest(values=values), self.assertRaises(PaperAmountError):
                self._create_order({"product_id": self.paper.id, **values})
        line = self._create_order().order_line
        for values in ({"paper_quantity": -1}, {"product_uom_qty": -1}, {"price_unit": -1}, {"discount": 100.5}):
            with self.subTest(values=values), self.assertRaises(PaperAmountError):
                line.write(values)
        with self.assertRaises(PaperAmountError):
            self.env["sale.order.line"].with_context(default_paper_quantity=-3).create(
                {"order_id": line.order_id.id, "product_id": self.paper.id, "paper_spec_id": spec.id}
            )
        credit = self._create_order({"product_id": self.pallet.id, "product_uom_qty": -1})
        with self.assertRaises(PaperAmountError):
            credit.order_line.product_id = self.paper

    def test_every_amount_is_guarded(self):
        """R3.1.1, R4.1.1: each stored quantity, weight and price of a model of ours that somebody can write is refused
        below zero, by the mixin or by the database."""
        self.env.cr.execute("SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c'")
        checks = {}
        for table, definition in self.env.cr.fetchall():
            checks[table] = checks.get(table, "") + definition
        amount = re.compile(r"(^|_)(quantity|qty|weight|kg|price)($|_kg$)")
        open_fields, seen = [], 0
        for model in self.env.values():
            ours = (model._original_module or "").startswith("paper_") and model._auto and not model._abstract
            for name, field in model._fields.items() if ours and not model._transient else ():
                written = field.store and not field.related and not field.compute and not field.readonly
                if not amount.search(name) or field.type not in ("float", "monetary", "integer") or not written:
                    continue
                seen += 1
                check = checks.get(model._table, "").replace('"', "")
                guards = (f"{name} >", f"({name})", f"COALESCE({name},")
                if name not in getattr(model, "_paper_amounts", ()) and not any(guard in check for guard in guards):
                    open_fields.append(str(field))
        self.assertEqual(open_fields, [])
        self.assertGreaterEqual(seen, 1 if "paper.contract.change" in self.env else 0)

    def test_both_quantities_must_agree(self):
        """R3.1.1: reams and kilograms that do not fit each other are refused."""
        spec = self._create_sheet()
        with self.assertRaises(QuantityConversionError):
            self._create_order(self._prepare_line(spec, product_uom_qty=1))
        line = self._create_order(self._prepare_line(spec)).order_line
        with self.assertRaises(QuantityConversionError):
            line.write({"paper_quantity": 10, "product_uom_qty": 5})

    def test_the_unit_of_measure_changes(self):
        """R3.1.1: the customer's quantity leads; another unit of measure is another number of the same weight."""
        line = self._create_order(self._prepare_line(self._create_sheet(), paper_quantity=1000)).order_line
        line.product_uom_id = self.tonne
        self.assertEqual((line.paper_quantity, line.product_uom_qty), (1000, 34.376))
        line.write({"paper_unit": "t", "paper_quantity": 3})
        self.assertEqual((line.product_uom_qty, line.paper_weight_kg), (3, 3000))

    def test_the_figures_change_afterwards(self):
        """R3.1.1: a mended basis weight weighs the ordered reams again, in every order."""
        spec = self._create_sheet()
        lines = (self._create_order(self._prepare_line(spec)) | self._create_order(self._prepare_line(spec))).order_line
        before = lines[0].product_uom_qty
        spec.with_user(self.salesman).basis_weight = 160
        for line in lines:
            self.assertAlmostEqual(line.product_uom_qty, 2 * before, 2)
            self.assertAlmostEqual(line.paper_weight_kg, 2 * before, 2)
            self.assertEqual(line.paper_quantity, 100)

    def test_an_unknown_weight_is_kept_and_blocks(self):
        """R3.1.1, R3.2.1: reams of a size not said yet can be received; their weight is unknown, not guessed,
        and the order cannot be evaluated until it is known."""
        spec = self._create_sheet(width=0)
        order = self._create_order(self._prepare_line(spec))
        line = order.order_line
        self.assertEqual((line.paper_quantity, line.product_uom_qty, line.paper_weight_kg), (100, 0, 0))
        codes = [item["code"] for item in order._get_blockers("evaluate")[order]]
        self.assertIn("weight_unknown", codes)
        spec.width = 787
        self.assertAlmostEqual(line.product_uom_qty, 3437.62, 2)
        codes = [item["code"] for item in order._get_blockers("evaluate")[order]]
        self.assertNotIn("weight_unknown", codes)

    def test_equivalents_beside_the_quantity(self):
        """R3.1.1: the line shows the same quantity in the other units of this paper."""
        line = self._create_order().order_line
        self.assertIn("3,437.6 kg", line.paper_equivalents)
        self.assertIn("50,000 sheets", line.paper_equivalents)
        self.assertNotIn("reams", line.paper_equivalents)
        self.assertIn("50,000 张", line.with_context(lang="zh_CN").paper_equivalents)

    def test_a_copied_order_has_its_own_specification(self):
        """R4.1.3: a copied order gets a copy of the specification; what is locked is agreed and is shared."""
        order = self._create_order()
        copy = order.copy()
        self.assertNotEqual(copy.order_line.paper_spec_id, order.order_line.paper_spec_id)
        self.assertEqual(copy.order_line.paper_weight_kg, order.order_line.paper_weight_kg)
        order.action_confirm()
        self.assertEqual(order.copy().order_line.paper_spec_id, order.order_line.paper_spec_id)

    def test_in_the_form(self):
        """R3.1.1: in the form the weight follows the reams and the reams follow the weight."""
        spec = self._create_sheet()
        form = Form(self.env["sale.order"].with_user(self.salesman))
        form.partner_id = self.customer
        with form.order_line.new() as line:
            line.product_id = self.paper
            line.paper_spec_id = spec
            line.paper_unit = "ream"
            line.paper_quantity = 100
            self.assertAlmostEqual(line.product_uom_qty, 3437.62, 2)
        with form.order_line.edit(0) as line:
            line.product_uom_qty = 6875.23
            self.assertAlmostEqual(line.paper_quantity, 200, 2)
        order = form.save()
        self.assertAlmostEqual(order.paper_weight_kg, 6875.23, 2)
        with Form(order) as form, form.order_line.edit(0) as line:
            line.paper_quantity = 1
        self.assertAlmostEqual(order.order_line.product_uom_qty, 34.376, 3)

    def test_a_new_line_of_the_form(self):
        """R3.1.1, R3.2.1: a new line of paper begins with no quantity, and gets none by choosing the specification; a
        quantity that is deleted is deleted."""
        form = Form(self.env["sale.order"].with_user(self.salesman))
        form.partner_id = self.customer
        with form.order_line.new() as line:
            line.product_id = self.paper_t
            self.assertEqual(line.product_uom_qty, 0)
            line.paper_spec_id = self._create_sheet()
            self.assertEqual((line.product_uom_qty, line.paper_quantity), (0, 0))
        order = form.save()
        self.assertEqual((order.order_line.product_uom_qty, order.order_line.paper_quantity), (0, 0))
        with Form(order) as form, form.order_line.edit(0) as line:
            line.product_uom_qty = 1
            self.assertEqual(line.paper_quantity, 1000)
            line.paper_quantity = 0
            self.assertEqual(line.product_uom_qty, 0)

    def test_an_order_becomes_a_paper_order(self):
        """R2: the regulation applies to each order that holds paper, from the moment it does."""
        order = self._create_order(self._prepare_line(product=self.pallet))
        self.assertFalse(order.is_paper_order)
        order.write({"order_line": [(0, 0, self._prepare_line())]})
        self.assertTrue(order.is_paper_order)
        order.order_line[1].unlink()
        self.assertFalse(order.is_paper_order)
        self.pallet.product_tmpl_id.is_paper = True
        self.assertTrue(order.is_paper_order)
