from contextlib import contextmanager

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.addons.paper_base.exceptions import ConfirmBlockedError
from odoo.addons.paper_base.tests.own_rules import keep_own_rules
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger
from psycopg2.errors import SerializationFailure


@tagged("post_install", "-at_install")
class TestCreditConcurrency(BaseCase):
    """Two cursors of their own: what one of them does not see of the other is the point, so the records are committed
    and removed again at the end.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        keep_own_rules(cls, {"credit"})

    def setUp(self):
        super().setUp()
        with self._env() as env:
            values = {"name": "Race", "is_company": True, "street": "1 Race Road", "city": "Jinan"}
            customer = env["res.partner"].create(values)
            kilogram = env.ref("uom.product_uom_kgm")
            # A service: nothing is delivered or made, so nothing else has to be removed at the end.
            values = {"name": "Race paper", "type": "service", "is_paper": True, "list_price": 6, "uom_id": kilogram.id}
            product = env["product.product"].create({**values, "taxes_id": [Command.clear()]})
            review = env["paper.credit.review"]._by_step().create(
                {
                    "partner_id": customer.id,
                    "limit": 10000,
                    "state": "approved",
                    "valid_until": fields.Date.add(env.company._paper_today(), months=1),
                }
            )
            specs = env["paper.spec"].create(
                [{"format": "sheet", "basis_weight": 80, "width": 787, "length": 1092} for _place in range(2)]
            )
            orders = env["sale.order"].create([self._prepare_order(customer, product, spec) for spec in specs])
            self.ids = {
                "sale_order": orders.ids,
                "paper_credit_review": review.ids,
                "paper_spec": specs.ids,
                "product_product": product.ids,
                "product_template": product.product_tmpl_id.ids,
                "res_partner": customer.ids,
            }
        self.addCleanup(self._remove)

    def _prepare_order(self, customer, product, spec):
        line = {"product_id": product.id, "paper_spec_id": spec.id, "paper_quantity": 1000, "paper_unit": "kg"}
        return {
            "partner_id": customer.id,
            "commitment_date": fields.Datetime.now(),
            "order_line": [Command.create(line)],
        }

    @contextmanager
    def _env(self):
        with db_connect(get_db_name()).cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True, "mail_notrack": True})

    def _remove(self):
        with self._env() as env:
            env.cr.execute("DELETE FROM sale_order_line WHERE order_id = ANY(%s)", [self.ids["sale_order"]])
            for table, ids in self.ids.items():
                model = table.replace("_", ".")
                env.cr.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [ids])
                env.cr.execute("DELETE FROM mail_message WHERE model = %s AND res_id = ANY(%s)", [model, ids])
                env.cr.execute("DELETE FROM mail_activity WHERE res_model = %s AND res_id = ANY(%s)", [model, ids])
                env.cr.execute("DELETE FROM mail_followers WHERE res_model = %s AND res_id = ANY(%s)", [model, ids])

    def test_last_free_limit_goes_once(self):
        """R3.2.2: of two orders confirmed at the same moment, that together exceed the limit, only one is confirmed: the
        later transaction fails to serialise, and, tried again as the server does, meets the limit."""
        first, second = self.ids["sale_order"]
        with self._env() as one, self._env() as other:
            other.cr.execute("SELECT 1 FROM sale_order LIMIT 1")  # from here on it sees the orders as they are now
            one["sale.order"].browse(first).action_confirm()
            one.cr.commit()
            with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
                other["sale.order"].browse(second).action_confirm()
            other.cr.rollback()
            other.transaction.reset()
            with self.assertRaises(ConfirmBlockedError):
                other["sale.order"].browse(second).action_confirm()
            other.cr.rollback()
        with self._env() as env:
            self.assertEqual(env["sale.order"].browse([first, second]).mapped("state"), ["sale", "draft"])
