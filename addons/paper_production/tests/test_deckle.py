from odoo.addons.paper_base.exceptions import SpecGeometryError
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestDeckle(PaperProductionCommon):
    def test_widest_machine(self):
        """R5.1.1: paper wider than every machine and the company's setting is contradicted."""
        self.env.company.paper_max_deckle = 2000
        self.assertEqual(self.create_spec()._widest_deckle(), 2640)
        self.assertTrue(self.create_spec(width=2640))
        with self.assertRaises(SpecGeometryError):
            self.create_spec(width=2641)
        self.machine.paper_deckle = 0
        with self.assertRaises(SpecGeometryError):
            self.create_spec(width=2001)
        self.env.company.paper_max_deckle = 3000
        self.assertTrue(self.create_spec(width=2641))

    def test_archived_machine(self):
        """R5.1.1: a machine that is out of use makes no paper."""
        self.machine.action_archive()
        self.assertEqual(self.create_spec()._widest_deckle(), self.env.company.paper_max_deckle)
