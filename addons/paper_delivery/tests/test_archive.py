from datetime import timedelta

from odoo import fields
from odoo.addons.paper_delivery.exceptions import DispatchRightError, ProofError
from odoo.tests import freeze_time, new_test_user, tagged

from .common import DeliveryCommon, signature


@tagged("post_install", "-at_install")
class TestArchive(DeliveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order(quantity=2000)
        cls.picking = cls._dispatch(cls.order)

    def _prove(self, **lines):
        receipt = self.picking.paper_receipt_ids
        self.picking.with_user(self.logistics).action_record_proof(
            "Ms Chen", signature(), lines=[{"id": receipt.id, "received_kg": 2000, **lines}]
        )

    def test_chased_and_filed(self):
        """R6.3.2: a proof that does not come is chased; its original is filed by those who keep it."""
        picking = self.env["stock.picking"]
        picking._cron_chase_proofs()
        self.assertFalse(self.picking.activity_ids.filtered(lambda rec: rec.paper_kind == "chase"))
        with freeze_time(fields.Datetime.now() + timedelta(days=7)):
            picking._cron_chase_proofs()
        self.assertIn(self.logistics, self.picking.activity_ids.filtered(lambda rec: rec.paper_kind == "chase").user_id)
        with self.assertRaises(ProofError):
            self.picking.with_user(self.stock).paper_archive_box = "A1"
        self.picking.with_user(self.logistics).write({"paper_archive_box": "A1", "paper_original_on": "2026-01-05"})
        self.assertEqual(self.picking.paper_archive_box, "A1")

    def test_customer_told_and_use_followed(self):
        """R6.3.2: the customer is told what was accepted, sales ask for the use, and read it at the next order."""
        self._prove(refused_kg=100)
        self.assertIn("1900.0 kg", str(self.picking.message_ids.mapped("body")))
        asked = self.order.activity_ids.filtered(lambda rec: rec.paper_kind == f"use {self.picking.id}")
        self.assertEqual(asked.user_id, self.sales)
        with self.assertRaises(ProofError):
            self.picking.with_user(self.stock).paper_use_result = "Good"
        self.picking.with_user(self.sales).sudo().paper_use_result = "Runs well at 12 m/s"
        self.assertFalse(asked.exists().filtered("active"))
        self.assertEqual(self._order(partner=self.customer).paper_last_use, "Runs well at 12 m/s")

    def test_on_time_in_full(self):
        """R6.3.2: a line is judged by what was accepted, when, against the requested date."""
        line = self.order.order_line
        self.assertEqual(line.paper_otif_requested, "open")
        self._prove()
        self.assertEqual(line.paper_otif_requested, "otif")
        line._by_step().paper_commitment_date = fields.Datetime.subtract(fields.Datetime.now(), days=3)
        self.assertEqual(line.paper_otif_requested, "late")

    def test_statement(self):
        """R6.3.2: a statement of account adds up accepted weights, for those who know prices alone."""
        self._prove(received_kg=1990.5)
        values = {"partner_id": self.customer.id}
        keeper = self.env["paper.statement"].with_user(self.sales).create(values)
        facts = keeper._facts()
        self.assertEqual(facts["deliveries"].mapped("billed_kg"), [1990.5])
        html = self.env["ir.actions.report"]._render_qweb_html("paper_delivery.report_statement", keeper.ids)[0].decode()
        self.assertIn(self.picking.name, html)
        self.assertIn("11,943.00", html)
        self.assertIn("<main", html, "without it nothing is printed")
        clerk = new_test_user(self.env, "statement_clerk", groups="paper_base.group_planning")
        with self.assertRaises(DispatchRightError):
            keeper.sudo().with_user(clerk).sudo()._check_keeper()
