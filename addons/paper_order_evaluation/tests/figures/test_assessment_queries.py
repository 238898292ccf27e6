from contextlib import contextmanager
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from ..common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestAssessmentQueries(EvaluationCommon):
    """How many queries the figures of materials, technology and cost take."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.base = cls._make_product("Base paper", uom_id=cls.tonne.id)
        cls.starch = cls._make_product("Starch", uom_id=cls.kg.id, standard_price=4.0)
        cls.furnish = cls._make_product("Furnish", uom_id=cls.kg.id)
        for product, lines in (
            (cls.base, [(cls.furnish, 1050)]),
            (cls.furnish, [(cls.pulp, 1.0), (cls.starch, 0.01)]),
        ):
            cls.env["mrp.bom"].create(
                {
                    "product_tmpl_id": product.product_tmpl_id.id,
                    "product_qty": 1,
                    "product_uom_id": product.uom_id.id,
                    "bom_line_ids": [
                        Command.create({"product_id": material.id, "product_qty": quantity, "product_uom_id": material.uom_id.id})
                        for material, quantity in lines
                    ],
                }
            )
        cls.bom.bom_line_ids = [
            Command.clear(),
            Command.create({"product_id": cls.base.id, "product_qty": 1, "product_uom_id": cls.tonne.id}),
        ]
        cls.capability = cls.env["paper.machine.capability"].create(
            {"workcenter_id": cls.machine.id, "winds_reels": True, "basis_weight_min": 60, "basis_weight_max": 120}
        )
        warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.env["stock.quant"]._update_available_quantity(cls.pulp, warehouse.lot_stock_id, 60000)

    def _queries(self, evaluations, dimension):
        """Return how many queries the figures of a dimension take, from an empty cache."""
        evaluations = evaluations.sudo()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        getattr(evaluations, f"_facts_{dimension}")()
        return self.env.cr.sql_log_count - before

    @contextmanager
    def _only_reads(self):
        """Fail on any statement that is not a SELECT, flushed or direct."""
        cursor, statements = type(self.env.cr), []
        execute = cursor.execute

        def record(cr, query, *args, **kwargs):
            text = getattr(query, "code", query).strip()
            statements.append(text)
            return execute(cr, query, *args, **kwargs)

        with patch.object(cursor, "execute", record):
            yield
            self.env.flush_all()
        writing = [text for text in statements if not text.upper().startswith(("SELECT", "WITH"))]
        self.assertTrue(statements)
        self.assertEqual(writing, [])

    def test_queries_do_not_grow(self):
        """R3.3.3, R3.3.4, R3.3.5: the figures of fifty orders take the queries of one."""
        orders = self.env["sale.order"].union(*(self._make_order(tonnes=3, lines=2) for _index in range(50)))
        evaluations = self._submit(orders)
        for dimension in ("materials", "technical", "cost"):
            # The last of them has to buy pulp, as most of the fifty do; the first is served from stock.
            for sample in (evaluations.sorted("id")[-1:], evaluations):
                self._queries(sample, dimension)  # what is read once and kept, such as settings and translations
            one, fifty = (self._queries(sample, dimension) for sample in (evaluations.sorted("id")[-1:], evaluations))
            with self.subTest(dimension=dimension, one=one, fifty=fifty):
                self.assertLessEqual(fifty, one + 5)

    def test_the_figures_write_nothing(self):
        """R3.3.5: telling materials, technology and cost writes nothing, no cost and nothing else."""
        evaluations = self._submit(self._make_order(tonnes=3)).sudo()
        products = self.paper | self.pulp | self.base | self.starch
        before = [(product.standard_price, product.lst_price, product.write_date) for product in products]
        value = self.env["product.value"].search_count([])
        self.env.flush_all()
        self.env.invalidate_all()
        with self._only_reads():
            for dimension in ("materials", "technical", "cost"):
                getattr(evaluations, f"_facts_{dimension}")()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual([(product.standard_price, product.lst_price, product.write_date) for product in products], before)
        self.assertEqual(self.env["product.value"].search_count([]), value)
