from odoo.addons.paper_base.models.portal.res_users import RIGHTS
from odoo.addons.paper_base.tests.portal.common import PortalCommon
from odoo.tests import tagged
from odoo.tools import mute_logger

# What a customer's login may read by Odoo's rights, and whose right opens it.
RIGHT_OF = {
    "sale.order": "orders",
    "sale.order.line": "orders",
    "paper.contract": "orders",
    "account.move": "invoices",
    "account.move.line": "invoices",
    "stock.picking": "deliveries",
    "helpdesk.ticket": "complaints",
}
# ... and what says nothing of a customer's business with the mill, or has rules of its own.
OPEN = {
    "a supplier's, not a customer's": ("purchase.order", "purchase.order.line"),
    "the person's own": (
        "auth.passkey.key", "auth.passkey.key.create", "auth_totp.device", "auth_totp.wizard", "calendar.event", "ir.filters",
        "payment.token", "res.users", "res.users.apikeys", "res.users.apikeys.description", "res.users.identitycheck",
    ),
    "as the document that it is about": ("mail.message", "mail.notification", "helpdesk.ticket.sla"),
    "words and lists of everybody": (
        "account.payment.term", "helpdesk.sla", "helpdesk.ticket.category", "helpdesk.ticket.stage", "helpdesk.ticket.team",
        "mail.message.subtype", "payment.method", "res.company", "res.country", "res.country.group", "res.country.state",
        "res.currency", "res.currency.rate", "res.lang", "res.partner",
    ),
    "talk and games of Odoo's": (
        "discuss.call.history", "discuss.channel", "discuss.channel.member", "gamification.badge", "gamification.badge.user",
        "gamification.challenge", "gamification.challenge.line", "gamification.goal", "gamification.goal.definition",
        "gamification.karma.rank",
    ),
}  # fmt: skip
# Routes of ours: whose right opens them, or why they need none.
ROUTES = {
    "/my/mails": "orders",
    "/my/contracts": "orders",
    "/my/contracts/": "orders",
    "/my/orders/": "orders",
    "/my/deliveries": "deliveries",
    "/my/delivery/": "deliveries",
    "/my/addresses": "the company's own addresses; a change is asked for",
    "/my/ticket": "complaints",
    "/new/ticket": "complaints",
    "/submitted/ticket": "complaints",
    "/ticket/": "complaints",
    "/paper/complete/": "a link for whoever holds it",
    "/paper/intake/": "a signed feed",
    "/shop": "orders",
}


@tagged("post_install", "-at_install")
class TestPortalRights(PortalCommon):
    """The rights of a customer's people hold for every model and every page that there is."""

    def test_every_model_that_a_customer_reads(self):
        """R4.2.2: whatever a portal login may read has the rule of a right, or is named here with the reason why not."""
        portal = self.env.ref("base.group_portal")
        models = set(
            self.env["ir.model.access"].search([("group_id", "in", portal.all_implied_ids.ids), ("perm_read", "=", True)]).mapped(
                "model_id.model"
            )
        )
        named = {model for models in OPEN.values() for model in models}
        left = sorted(models - named - RIGHT_OF.keys())
        self.assertFalse(left, "Say whose right opens these, or why they need none")
        people = {"paper_is_buyer": self.buyer, "paper_is_receiver": self.receiver, "paper_is_accounts": self.accounts}
        for model, right in RIGHT_OF.items():
            if model not in self.env:
                continue
            for role, user in people.items():
                with self.subTest(model=model, role=role):
                    domain = self.env["ir.rule"].with_user(user)._compute_domain(model, "read")
                    self.assertEqual(not domain.is_false(), role in RIGHTS[right])

    def test_every_page_of_ours_is_named(self):
        """R4.2.2: a page of ours for people outside is named here, with the right that opens it."""
        found = {}
        for rule in self.env["ir.http"].routing_map().iter_rules():
            endpoint = rule.endpoint
            module = endpoint.func.__module__ if hasattr(endpoint, "func") else ""
            ours = module.startswith("odoo.addons.paper_")
            if ours and endpoint.routing.get("auth") in ("user", "public") and rule.rule.startswith(("/my", "/new", "/paper", "/shop")):
                found[rule.rule] = module
        self.assertTrue(found)
        self.assertFalse([url for url in found if not url.startswith(tuple(ROUTES))])

    @mute_logger("odoo.http")
    def test_no_page_of_an_order_opens_for_a_receiver(self):
        """R4.2.2: each page that takes an order, Odoo's as well, shows a receiver nothing of it, with or without its link."""
        self.order._portal_ensure_token()
        self.authenticate(self.receiver.login, self.receiver.login)
        pages = set()
        for rule in self.env["ir.http"].routing_map().iter_rules():
            if "<int:order_id>" in rule.rule and rule.rule.count("<") == 1 and (not rule.methods or "GET" in rule.methods):
                pages.add(rule.rule.replace("<int:order_id>", str(self.order.id)))
        self.assertGreater(len(pages), 3)
        for url in pages:
            for token in ("", f"?access_token={self.order.access_token}"):
                with self.subTest(url=url + token):
                    self.assertNotIn(self.order.name, self.url_open(url + token).text)
