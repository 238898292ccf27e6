import json
import time

from odoo.tests import HttpCase, new_test_user

from ...lib.order_feed import signature
from ..common import IntakeCommon


class FeedCommon(IntakeCommon, HttpCase):
    """A mill that a marketplace sends its orders to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = new_test_user(cls.env, "t_admin", groups="base.group_system")
        cls.market = cls.env["paper.intake.channel"].create(
            {
                "name": "Market",
                "kind": "marketplace",
                "handler_id": cls.seller.id,
                "partner_id": cls.customer.id,
                "product_id": cls.paper.id,
            }
        )
        cls.secret = cls.market.with_user(cls.admin).action_new_secret()["context"]["default_secret"]

    def _post(self, content, secret=None, stamp=None, sign=None, key=None):
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        stamp = str(int(time.time()) if stamp is None else stamp)
        headers = {
            "Content-Type": "application/json",
            "X-Paper-Timestamp": stamp,
            "X-Paper-Signature": signature(secret or self.secret, stamp, body) if sign is None else sign,
        }
        return self.url_open(f"/paper/intake/v1/{key or self.market.webhook_key}", data=body, headers=headers)
