from contextlib import contextmanager
from unittest.mock import patch

import psycopg2.errors
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ...exceptions import AlreadyDecidedError, EvaluationBusyError
from ..common import DEPARTMENTS

PREFIX = "eval_race_"


@tagged("post_install", "-at_install")
class TestEvaluationConcurrency(BaseCase):
    """Two people at the same panel at the same moment, on two connections of their own that really commit.

    What the test commits, it takes away again.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        whole = self.registry["sale.order"]._get_blockers

        def own_blockers(orders, step):
            found = whole(orders, step)
            return {order: [item for item in items if item["code"] == "evaluation"] for order, items in found.items()}

        patcher = patch.object(self.registry["sale.order"], "_get_blockers", own_blockers)
        patcher.start()
        self.addCleanup(patcher.stop)
        self.addCleanup(self._clean_up)
        with self._connection() as env:
            self._build(env)

    @contextmanager
    def _connection(self, user=SUPERUSER_ID):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, user, {"tracking_disable": True})
            yield env

    def _build(self, env):
        """Commit an order whose panel has all five opinions, and two people who may close it."""
        company = env.ref("base.main_company")
        groups = {**DEPARTMENTS, "second": "paper_base.group_management"}
        users = {
            name: env["res.users"].with_context(no_reset_password=True).create(
                {
                    "name": f"{PREFIX}{name}",
                    "login": f"{PREFIX}{name}",
                    "company_id": company.id,
                    "company_ids": [(6, 0, company.ids)],
                    "group_ids": [(6, 0, (env.ref("base.group_user") | env.ref(group)).ids)],
                }
            )
            for name, group in groups.items()
        }
        self.users = {name: user.id for name, user in users.items()}
        tonne = env.ref("uom.product_uom_ton")
        product = env["product.product"].create(
            {"name": f"{PREFIX}paper", "uom_id": tonne.id, "is_paper": True, "taxes_id": False}
        )
        spec = env["paper.spec"].create(
            {"format": "reel", "basis_weight": 80, "caliper": 100, "width": 787, "reel_diameter_max": 1000, "core_diameter": 76}
        )
        line = {"product_id": product.id, "paper_unit": "t", "paper_spec_id": spec.id, "product_uom_qty": 1, "price_unit": 1}
        order = env["sale.order"].create(
            {
                "partner_id": env["res.partner"].create({"name": f"{PREFIX}customer"}).id,
                "user_id": self.users["sales"],
                "company_id": company.id,
                "order_line": [(0, 0, line)],
            }
        )
        order.with_user(users["sales"]).action_submit_evaluation()
        evaluation = order._current_evaluation()
        for opinion in evaluation.opinion_ids:
            opinion = opinion.with_user(users[opinion.dimension])
            opinion.write({"verdict": "yes"})
            opinion.action_submit()
        self.evaluation_id, self.order_id = evaluation.id, order.id

    def _clean_up(self):
        with self._connection() as env:
            cr = env.cr
            cr.execute("DELETE FROM paper_slot_reservation WHERE order_id = %s", [self.order_id])
            cr.execute("DELETE FROM mail_activity WHERE user_id = ANY(%s)", [list(self.users.values())])
            cr.execute("DELETE FROM mail_activity WHERE res_model = 'sale.order' AND res_id = %s", [self.order_id])
            cr.execute("DELETE FROM mail_message WHERE model = 'sale.order' AND res_id = %s", [self.order_id])
            cr.execute("DELETE FROM paper_evaluation WHERE order_id = %s", [self.order_id])
            env.invalidate_all()
            order = env["sale.order"].browse(self.order_id)
            spec, product, partner = order.order_line.paper_spec_id, order.order_line.product_id, order.partner_id
            order.unlink()
            spec.unlink()
            product.product_tmpl_id.unlink()
            partner.unlink()
            users = env["res.users"].browse(self.users.values())
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    def _panel(self, env):
        return env["paper.evaluation"].browse(self.evaluation_id)

    def _results(self):
        """Return how often sales was told, as far as it is committed."""
        with self._connection() as env:
            panel = self._panel(env)
            activities = panel.order_id.activity_ids.filtered(lambda rec: rec.user_id.id == self.users["sales"])
            return panel.state, panel.closed_by_id.id, len(activities)

    def test_two_close_at_once(self):
        """R3.3.1: while one person closes the panel, a second one is told so at once; nothing is done twice."""
        with self._connection(self.users["chair"]) as first, self._connection(self.users["second"]) as second:
            self._panel(second).read(["state"])
            self._panel(first).action_close()
            first.flush_all()
            with mute_logger("odoo.sql_db"), self.assertRaises(EvaluationBusyError) as caught:
                self._panel(second).action_close()
            self.assertIn("Somebody else is working on", str(caught.exception))
            second.cr.rollback()
            first.cr.commit()
            with self.assertRaises(AlreadyDecidedError) as caught:
                self._panel(second).action_close()
            self.assertIn(f"{PREFIX}chair", str(caught.exception))
            second.cr.rollback()
        self.assertEqual(self._results(), ("passed", self.users["chair"], 1))

    def test_the_second_one_looked_before(self):
        """R3.3.1: who read the open panel before the other one closed it does not close it again; the database refuses
        his old view of it, and the request, tried again as every request is, tells him who decided.
        """
        with self._connection(self.users["chair"]) as first, self._connection(self.users["second"]) as second:
            self.assertTrue(self._panel(second).can_close)
            self._panel(first).action_close()
            first.cr.commit()
            with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.SerializationFailure):
                self._panel(second).action_close()
            second.cr.rollback()
            second.invalidate_all()
            with self.assertRaises(AlreadyDecidedError):
                self._panel(second).action_close()
            second.cr.rollback()
        self.assertEqual(self._results(), ("passed", self.users["chair"], 1))
