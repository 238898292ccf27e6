from odoo import http
from odoo.tests import HttpCase

from ..common import PaperCommon


class PortalCommon(PaperCommon, HttpCase):
    """A customer with a buyer, a receiver and somebody in accounts, each with a login; and an order that was sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls._create_person("p_buyer")
        cls.receiver = cls._create_person("p_receiver", paper_is_buyer=False, paper_is_receiver=True)
        cls.accounts = cls._create_person("p_accounts", paper_is_buyer=False, paper_is_accounts=True)
        cls.order = cls._create_order(state="sent", client_order_ref="HP-7")

    @classmethod
    def _create_person(cls, login, **rights):
        values = {"name": login, "email": f"{login}@hua.example", "parent_id": cls.customer.id, **rights}
        partner = cls.env["res.partner"].create(values)
        return cls._create_user(login, "base.group_portal", partner_id=partner.id, lang="en_US")

    def _get(self, url, user):
        self.authenticate(user.login, user.login)
        return self.url_open(url)

    def _post(self, url, user, **values):
        self.authenticate(user.login, user.login)
        return self.url_open(url, data={"csrf_token": http.Request.csrf_token(self), **values})
