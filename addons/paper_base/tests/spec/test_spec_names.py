from odoo.tests import tagged

from ..common import PaperCommon


@tagged("post_install", "-at_install")
class TestSpecNames(PaperCommon):
    def _name(self, spec, lang="en_US"):
        return spec.with_context(lang=lang).display_name

    def test_reel_as_a_seller_writes_it(self):
        """R3.1.1: a reel is named by grade, basis weight, width, diameter and core, in both languages."""
        spec = self._create_reel()
        self.assertEqual(self._name(spec), "offset 80 g/m² 787 mm reel Ø1000 core 76")
        self.assertEqual(self._name(spec, "zh_CN"), "双胶纸 80 g/m² 787 mm 卷筒 Ø1000 芯76")

    def test_sheets_as_a_seller_writes_them(self):
        """R3.1.1: sheets are named by grade, basis weight, size and ream."""
        spec = self._create_sheet()
        self.assertEqual(self._name(spec), "offset 80 g/m² 787×1092 mm, 500/ream")
        self.assertEqual(self._name(spec, "zh_CN"), "双胶纸 80 g/m² 787×1092 mm, 500张/令")

    def test_what_is_unknown_is_left_out(self):
        """R3.1.1: figures that are not known leave no empty units in the name; decimals only where they say something."""
        self.assertEqual(self._name(self.env["paper.spec"].create({"format": "reel"})), "reel")
        spec = self._create_sheet(basis_weight=78.5, width=0, sheets_per_ream=0)
        self.assertEqual(self._name(spec), "offset 78.5 g/m²")
        self.assertEqual(self._name(self._create_reel(width=1092.5, reel_diameter_max=0, core_diameter=0)),
                         "offset 80 g/m² 1092.5 mm reel")

    def test_the_name_follows_the_figures(self):
        """R3.1.1: a mended figure, a renamed grade and a revision show at once."""
        spec = self._create_reel()
        self.assertIn("787", spec.display_name)
        spec.width = 880
        self.assertIn("880", spec.display_name)
        self.offset.name = "woodfree offset"
        self.assertTrue(spec.display_name.startswith("woodfree offset"))
        self.assertTrue(spec._revise().display_name.endswith("(rev. 2)"))

    def test_found_by_the_grade_and_by_the_customers_name(self):
        """R3.1.1: a specification is found by its grade in the user's language and by the customer's name for it."""
        spec = self._create_reel(reference="HP-OFFSET-7")
        found = self.env["paper.spec"].name_search("HP-OFFSET")
        self.assertEqual([item[0] for item in found], spec.ids)
        found = self.env["paper.spec"].with_context(lang="zh_CN").name_search("双胶")
        self.assertIn(spec.id, [item[0] for item in found])
