from contextlib import contextmanager
from unittest.mock import patch

import psycopg2.errors
from odoo import SUPERUSER_ID, Command, api
from odoo.addons.paper_base.exceptions import ConfirmBlockedError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

PREFIX = "call_off_race_"


@tagged("post_install", "-at_install")
class TestCallOffRace(BaseCase):
    """Two people who confirm call-offs of one framework at the same moment, on two connections that really commit.

    What the test commits, it takes away again. That the framework's contract is in force is tested elsewhere.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        order_class = self.registry["sale.order"]
        whole = order_class._get_blockers

        def own_blockers(orders, step):
            found = whole(orders, step)
            return {order: [item for item in items if item["code"] == "over_framework"] for order, items in found.items()}

        for name, method in (("_get_blockers", own_blockers), ("_is_framework_in_force", lambda order: True)):
            patcher = patch.object(order_class, name, method)
            patcher.start()
            self.addCleanup(patcher.stop)
        self.made = []
        self.addCleanup(self._clean_up)
        with self._connection() as env:
            self._build(env)

    @contextmanager
    def _connection(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})

    def _build(self, env):
        """Commit a framework of 10 t, and two call-offs of 6 t each."""
        kg = env.ref("uom.product_uom_kgm")
        product = env["product.product"].create(
            {"name": f"{PREFIX}paper", "uom_id": kg.id, "is_paper": True, "type": "service", "taxes_id": False}
        )
        spec = env["paper.spec"].create({"format": "sheet", "basis_weight": 80, "width": 787, "length": 1092})
        partner = env["res.partner"].create({"name": f"{PREFIX}customer"})
        line = {"product_id": product.id, "paper_spec_id": spec.id, "paper_unit": "t", "price_unit": 6.5}

        def order(tonnes, **values):
            lines = [Command.create({**line, "paper_quantity": tonnes})]
            made = env["sale.order"]._by_step().create({"partner_id": partner.id, "order_line": lines, **values})
            self.made.insert(0, ("sale.order", made.id))
            return made.with_env(env)

        framework = order(10, paper_order_type="framework", paper_valid_from="2000-01-01", paper_valid_to="2100-01-01")
        call_offs = [order(6, paper_order_type="call_off", paper_framework_id=framework.id) for _number in range(2)]
        self.call_off_ids = [item.id for item in call_offs]
        templates = product.product_tmpl_id
        self.made += [(record._name, record.id) for record in (spec, templates, partner)]

    def _clean_up(self):
        with self._connection() as env:
            for model, res_id in self.made:
                record = env[model].browse(res_id)
                if model == "sale.order" and record.state == "sale":
                    record._action_cancel()
                    env.flush_all()
                if model == "paper.spec":
                    # Confirmed orders lock it, and nobody deletes what is locked.
                    env.cr.execute("DELETE FROM paper_spec WHERE id = %s", [res_id])
                else:
                    record.unlink()

    def _call_off(self, env, number):
        return env["sale.order"].browse(self.call_off_ids[number])

    def test_two_at_once(self):
        """R4.1.1: of two call-offs that are confirmed at the same moment, and together are more than is left, one passes; the
        other is tried again, as every request is, and then told what is left."""
        with self._connection() as first, self._connection() as second:
            self.assertEqual(self._call_off(second, 1).paper_remaining_kg, 10000)
            self._call_off(first, 0).action_confirm()
            first.cr.commit()
            with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.SerializationFailure):
                self._call_off(second, 1).action_confirm()
            second.cr.rollback()
            second.invalidate_all()
            with self.assertRaises(ConfirmBlockedError):
                self._call_off(second, 1).action_confirm()
            second.cr.rollback()
        with self._connection() as env:
            states = [self._call_off(env, number).state for number in range(2)]
            self.assertEqual(states, ["sale", "draft"])
