import json
from unittest.mock import patch

from odoo.addons.bus.models.bus import BusBus
from odoo.addons.bus.tests.common import WebsocketCase
from odoo.tests import tagged

from ..common import PaperCommon

try:
    from websocket import WebSocketTimeoutException
except ImportError:  # without the client Odoo itself skips these tests
    WebSocketTimeoutException = TimeoutError


@tagged("post_install", "-at_install")
class TestLiveStatus(PaperCommon, WebsocketCase):
    def listen(self, user, orders):
        """Return what a browser of ``user`` that asks for these orders' status is told of when they are confirmed."""
        session = self.authenticate(user.login, user.login)
        websocket = self.websocket_connect(cookie=f"session_id={session.sid};")
        self.subscribe(websocket, [f"paper_order_{order.id}" for order in orders], self.env["bus.bus"]._bus_last_id())
        orders.action_confirm()
        self.env.cr.precommit.run()  # the notices are written when a transaction ends
        self.trigger_notification_dispatching([(order, "paper_status") for order in orders])
        websocket.settimeout(2)
        try:
            return json.loads(websocket.recv())
        except (TimeoutError, WebSocketTimeoutException):  # silence is what is expected of a stranger
            return []

    def told(self, user):
        order = self._create_order()
        found = [item["message"] for item in self.listen(user, order)]
        return [item["payload"] for item in found if item["type"] == "paper_order_status"], order

    def test_departments_are_told(self):
        """R4.2.2: a department that has an order open is told at once that it was confirmed."""
        planner = self._create_user("t_live", "paper_base.group_planning")
        payloads, order = self.told(planner)
        self.assertIn({"id": order.id}, payloads)

    def test_strangers_are_not(self):
        """R4.2.2: a customer, and an employee of another company, hear nothing by asking for the channel of an order."""
        portal = self._create_user("t_live_portal", "base.group_portal")
        company = self.env["res.company"].create({"name": "Second mill"})
        other = self._create_user(
            "t_live_other", "paper_base.group_planning", company_id=company.id, company_ids=[(6, 0, company.ids)]
        )
        for user in (portal, other):
            with self.subTest(user=user.login):
                self.assertEqual(self.told(user)[0], [])

    def test_one_notice_for_many(self):
        """R4.2.2: confirming many orders asks nothing more of the database for it than confirming one."""
        sent = []
        orders = self.env["sale.order"].union(*(self._create_order() for _number in range(3)))
        with patch.object(BusBus, "_sendone", lambda _bus, target, kind, payload: sent.append((kind, payload))):
            orders.action_confirm()
        told = {payload["id"] for kind, payload in sent if kind == "paper_order_status"}
        self.assertEqual(told, set(orders.ids))
