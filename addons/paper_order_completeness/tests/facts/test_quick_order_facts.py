from odoo import fields
from odoo.tests import Form, tagged

from ..common import CompletenessCommon


@tagged("post_install", "-at_install")
class TestQuickOrderFacts(CompletenessCommon):
    def _order(self, **values):
        form = Form(self.env["paper.quick.order"].with_user(self.seller).with_context(default_channel_id=self.phone.id))
        values = {
            "product_id": self.paper,
            "format": "sheet",
            "basis_weight": 60,
            "width": 787,
            "length": 1092,
            "unit": "ream",
            "quantity": 100,
            "partner_id": self.customer,
            "commitment_date": fields.Date.to_date("2031-05-06"),
            "payment_term_id": self.term,
            **values,
        }
        for name, value in values.items():
            setattr(form, name, value)
        return self.env["sale.order"].browse(form.save().action_save()["res_id"])

    def test_an_order_at_once(self):
        """R3.2.1: an order of a caller who tells everything is complete at once."""
        self.assertFalse(self._order().paper_missing)

    def test_what_is_not_known_yet(self):
        """R3.2.1: a caller who does not know everything has an order all the same; it says what it lacks."""
        order = self._order(commitment_date=False, width=0, unit="kg", quantity=500)
        self.assertEqual({gap["fact"] for gap in order.paper_missing}, {"width", "delivery_date"})
