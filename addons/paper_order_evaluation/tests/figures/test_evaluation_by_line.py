from odoo import Command
from odoo.tests import tagged

from ..common import NOW, EvaluationCommon, freeze_time

SOON, ASKED, LATER = "2026-03-04 08:00:00", "2026-03-16 08:00:00", "2026-04-20 08:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestEvaluationByLine(EvaluationCommon):
    """An order of eight lines with dates and places of their own, from the figures to the promise."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls.far = cls.env["res.partner"].create(
            {"name": "Far plant", "parent_id": cls.customer.id, "type": "other", "paper_transit_days": 10}
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.pulp, cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1).lot_stock_id, 1e6
        )

    def _order(self, dates, places=(), tonnes=4):
        order = self._make_order(tonnes=tonnes, lines=len(dates), commitment_date=ASKED)
        for index, (line, date) in enumerate(zip(order.order_line, dates, strict=True)):
            line.write({"paper_commitment_date": date, "paper_shipping_id": self.far.id if index in places else False})
        return order

    def _facts(self, order):
        return self._submit(order).opinion_ids.filtered(lambda rec: rec.dimension == "capacity").evidence

    def test_what_is_due_first_is_made_first(self):
        """R3.3.2: of the lines of an order the one that is due first is planned first, wherever it stands."""
        order = self._order([LATER, False, SOON])
        facts = self._facts(order)
        begins = {slot["line"]: slot["from"] for slot in facts["slots"]}
        self.assertEqual(sorted(begins, key=begins.get), [order.order_line[i].id for i in (2, 1, 0)])
        self.assertEqual([line["line"] for line in facts["lines"]], order.order_line.ids)
        self.assertEqual([line["until"] for line in facts["lines"]], ["2026-04-20", "2026-03-16", "2026-03-04"])
        self.assertFalse(facts["late"])

    def test_each_line_has_its_own_way(self):
        """R3.3.2: the way to a line's own place counts for its promise and its limit, for no other line's."""
        order = self._order([False, False], places=[1], tonnes=1)
        near, far = self._facts(order)["lines"]
        self.assertEqual(near["promise"], "2026-03-02")
        self.assertEqual(far["promise"], "2026-03-12")
        order.order_line[1].paper_commitment_date = "2026-03-11 08:00:00"
        evaluation = self._submit(order)
        facts = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "capacity").evidence
        self.assertEqual([line["late"] for line in facts["lines"]], [False, True])
        self.assertTrue(facts["late"])

    def test_late_line_is_named(self):
        """R3.3.2, R3.4: an order is late by the line that misses its own day; figures, letter and offer name that line."""
        order = self._order([LATER] * 7 + ["2026-03-02 08:00:00"], tonnes=16)
        order.order_line[7].paper_spec_id.width = 640
        evaluation = self._submit(order)
        opinion = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        facts = opinion.evidence
        late = order.order_line[7]
        self.assertEqual([line["line"] for line in facts["lines"] if line["late"]], late.ids)
        self.assertEqual(facts["until"], "2026-03-02")
        name = late.paper_spec_id.display_name
        self.assertIn(name, opinion.headline)
        self.assertIn("1 days late", opinion.headline)
        self._give(evaluation, capacity="no")
        evaluation.with_user(self.people["chair"]).action_close()
        self.assertIn(name, evaluation.customer_letter)
        offers = evaluation.alternative_ids.filtered(lambda rec: rec.kind == "date")
        self.assertEqual(offers.line_ids.order_line_id, late)
        self.assertEqual(str(offers.line_ids.delivery_date), "2026-03-03")
        self.assertFalse(offers.delivery_date)
        self.assertFalse(any(order.order_line.mapped("paper_promised_date")))

    def test_accepted_by_line(self):
        """R3.4: what the customer accepts moves the late line alone, at the hour that was asked for."""
        order = self._order([LATER, "2026-03-02 08:00:00"], tonnes=16)
        evaluation = self._decide(order, capacity="no")
        offer = evaluation.alternative_ids.filtered(lambda rec: rec.kind == "date")
        evaluation.sudo()._by_step().write({"letter_sent_on": NOW})
        offer.with_user(self.people["sales"]).sudo()._offer()
        offer.with_user(self.people["sales"]).action_accept()
        self.assertEqual(str(order.order_line[1].paper_commitment_date), "2026-03-03 08:00:00")
        self.assertEqual(str(order.order_line[0].paper_commitment_date), LATER)
        self.assertEqual(str(order.commitment_date), ASKED)

    def test_promise_of_each_line(self):
        """R3.3.2: a passed evaluation promises each line its own day; the order's is the latest. A failed one takes it back."""
        order = self._order([LATER, False, SOON, False, False, False, False, LATER], places=[0, 3])
        evaluation = self._decide(order)
        promised = [self.company._paper_day(line.paper_promised_date) for line in order.order_line]
        facts = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "capacity").evidence
        self.assertEqual([str(day) for day in promised], [line["promise"] for line in facts["lines"]])
        self.assertEqual(max(promised), evaluation.promise_date)
        self.assertGreater(len(set(promised)), 3)
        order.order_line[0].paper_commitment_date = SOON
        self._decide(order, capacity="no")
        self.assertFalse(any(order.order_line.mapped("paper_promised_date")))

    def test_change_after_the_evaluation(self):
        """R3.3.1: another day or place of a line makes the evaluation outdated; repeating the order's does not."""
        order = self._order([False, False])
        evaluation = self._decide(order)
        line = order.order_line[0]
        line.write({"paper_commitment_date": ASKED, "paper_shipping_id": order.partner_shipping_id.id})
        self.assertFalse(evaluation._is_outdated())
        line.paper_commitment_date = LATER
        self.assertEqual(evaluation._touched_dimensions(), ["sales", "capacity", "materials"])
        line.write({"paper_commitment_date": False, "paper_shipping_id": self.far.id})
        self.assertEqual(evaluation._touched_dimensions(), ["sales", "capacity", "cost"])
        self.assertEqual(order.paper_evaluation_state, "outdated")

    def test_facts_kept_before_lines_had_dates(self):
        """R3.3.1: an evaluation from before lines had a day of their own stands, until a line gets one."""
        order = self._order([False, False])
        evaluation = self._decide(order)
        names = ("paper_commitment_date", "paper_shipping_id")
        facts = evaluation.agreed_facts
        lines = [{name: text for name, text in line.items() if name not in names} for line in facts["lines"]]
        evaluation.sudo()._by_step().write({"agreed_facts": {**facts, "lines": lines}})
        self.assertFalse(evaluation._is_outdated())
        order.order_line[1].paper_commitment_date = LATER
        self.assertTrue(evaluation._is_outdated())

    def test_materials_of_each_line(self):
        """R3.3.3: what a later line waits for does not fail the lines that are due before."""
        board = self._make_product("Board", uom_id=self.tonne.id, is_paper=True)
        bom = self.bom.copy({"product_tmpl_id": board.product_tmpl_id.id})
        filler = self._make_product("Filler", uom_id=self.kg.id, standard_price=1.0)
        self.env["product.supplierinfo"].create(
            {"partner_id": self.supplier.id, "product_tmpl_id": filler.product_tmpl_id.id, "delay": 20, "price": 1}
        )
        bom.bom_line_ids = [Command.create({"product_id": filler.id, "product_qty": 10, "product_uom_id": self.kg.id})]
        order = self._order([SOON, LATER], tonnes=1)
        order.order_line[1].product_id = board
        evidence = self._submit(order).opinion_ids.filtered(lambda rec: rec.dimension == "materials").evidence
        self.assertEqual([line["late"] for line in evidence["lines"]], [False, False])
        row = next(row for row in evidence["rows"] if row["material"] == filler.display_name)
        self.assertTrue(row["in_time"])
        self.assertEqual(row["need_date"], "2026-04-19")

    def test_queries_do_not_grow_with_the_lines(self):
        """R3.3.2: eight lines with dates and places of their own cost as many queries as two."""
        counts = []
        for number in (2, 8):
            order = self._order([LATER if index % 2 else SOON for index in range(number)], places=range(1, number, 2))
            evaluation = self._submit(order)
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(__system__=200):
                start = self.env.cr.sql_log_count
                evaluation._get_proposals()
                counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0] + 3)
