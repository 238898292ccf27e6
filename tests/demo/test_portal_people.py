"""What the people of a customer reach in the portal: every page that there is, gone over by a buyer, a receiver, somebody who
keeps the accounts, the buyer of another customer, and somebody without a login."""

import json
import re
import threading
from urllib.parse import urlencode

from odoo.addons.paper_base.models.portal.res_users import RIGHTS
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

# Where a customer's documents stand, Odoo's pages and ours.
PREFIXES = ("/my", "/new", "/ticket", "/paper", "/invoice", "/payment/pay")
# Pages whose argument is no document of a customer.
ELSEWHERE = {
    "/my/address/country_info/": "the provinces of a country",
    "/my/journal/": "whether bills are sent to a supplier's journal",
    "/my/purchase/": "what the mill buys; a supplier's",
    "/my/settlement/": "a link for whoever holds it, without a login",
    "/paper/visit/": "the page of those who visit customers, asked of the rights of the mill's people",
    "/paper/certificate/": "says to whoever holds the number on a certificate whether it is valid, and no more",
    "/paper/entry/": "the page of those who enter paper into stock, asked of the rights of the mill's people",
    "/paper/floor/": "the page of a machine's tablet, opened by its own token; a customer has none",
    "/paper/complete/": "a link for whoever holds it, without a login",
    "/paper/intake/": "a signed feed of another system",
    "/paper/load/": "the page of those who load, asked of the rights of the mill's people",
}
PEOPLE = {"buyer": "paper_is_buyer", "receiver": "paper_is_receiver", "accounts": "paper_is_accounts"}
MESSAGES = ("odoo.http", "odoo.addons.http_routing.models.ir_http", "odoo.addons.base.models.ir_rule", "werkzeug")


@tagged("post_install", "-at_install")
class TestPortalPeople(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The table of all pages is made for the database of the thread that asks.
        threading.current_thread().dbname = cls.env.cr.dbname
        cls.customer, cls.foreign_customer = (cls.env.ref(f"paper_mill.customer_{name}") for name in ("chenguang", "huawen"))
        cls.delivered, cls.waiting = cls._order(2611), cls._order(2606)
        cls.picking = cls.delivered.picking_ids.filtered("paper_receipt_ids")[:1]
        cls.invoice = (cls.delivered.invoice_ids or cls.delivered._create_invoices())[:1]
        if cls.invoice.state == "draft":
            cls.invoice.action_post()
        values = {"name": "卷筒端面有裂口", "description": "见附件", "partner_id": cls.customer.id}
        cls.ticket = cls.env["helpdesk.ticket"].create({**values, "sale_order_id": cls.delivered.id})
        cls.arguments = {
            "order_id": (cls.delivered, cls.waiting),
            "contract_id": (cls.delivered.contract_ids[:1], cls.waiting.contract_ids[:1]),
            "invoice_id": (cls.invoice,),
            "picking_id": (cls.picking,),
            "ticket_id": (cls.ticket,),
        }
        cls.right_of = {"order_id": "orders", "contract_id": "orders", "invoice_id": "invoices", "picking_id": "deliveries"}
        cls.right_of["ticket_id"] = "complaints"
        # By what a page betrays a document. The number of an order that was delivered stands on its delivery note as well.
        cls.secrets = {
            "orders": [
                cls.waiting.name,
                cls.waiting.client_order_ref,
                *(cls.delivered | cls.waiting).contract_ids.mapped("name"),
            ],
            "deliveries": [cls.picking.name],
            "invoices": [cls.invoice.name],
            "complaints": [cls.ticket.number, cls.ticket.name],
        }
        cls.people = {name: cls._person(name, cls.customer, field) for name, field in PEOPLE.items()}
        cls.people["foreign buyer"] = cls._person("foreign", cls.foreign_customer, "paper_is_buyer")
        cls.env.flush_all()

    @classmethod
    def _order(cls, number):
        return cls.env["sale.order"].search([("client_order_ref", "=", f"PO-{number}")])

    @classmethod
    def _person(cls, name, customer, field):
        user = new_test_user(cls.env, f"portal_{name}", groups="base.group_portal", lang="zh_CN")
        roles = {role: role == field for role in PEOPLE.values()}
        user.partner_id.write({"parent_id": customer.id, **roles})
        return user

    def _may(self, person, right):
        if person in ("foreign buyer", "guest"):
            return False
        return PEOPLE[person] in RIGHTS[right]

    def _rules(self, method):
        """Yield ``(rule, [(path, name of its argument, record)])`` of the pages for people outside, each with its documents."""
        for rule in self.env["ir.http"].routing_map().iter_rules():
            routing = getattr(rule.endpoint, "routing", {})
            methods = rule.methods or {"GET", "POST"}
            if not rule.rule.startswith(PREFIXES) or rule.rule.startswith(tuple(ELSEWHERE)):
                continue
            if routing.get("auth") not in ("user", "public") or method not in methods:
                continue
            if method == "GET" and routing.get("type") != "http":
                continue
            yield rule, self._paths(rule)

    def _paths(self, rule):
        names = re.findall(r"<[^>]*?(\w+)>", rule.rule)
        documents = [name for name in names if name in self.arguments]
        unknown = set(names) - self.arguments.keys() - {"page"}
        if not names or names == ["page"]:
            return [(re.sub(r"<[^>]*>", "1", rule.rule), None, None)]
        # What lies within a document is asked for by a number that there may be.
        self.assertTrue(documents or not unknown, f"Say whose document {rule.rule} shows, or why it is nobody's")
        name = documents[0]
        return [
            (re.sub(r"<[^>]*>", "1", re.sub(rf"<[^>]*\b{name}>", str(record.id), rule.rule)), name, record)
            for record in self.arguments[name]
        ]

    def _links(self, name, record):
        """Return what a link to a document brings, for people of the customer who came by one."""
        if name == "contract_id":
            return {"access_token": record._link_issue("read", partner=record.partner_id)}
        if name == "picking_id":
            return {"token": record._link_issue("sign", partner=record.partner_id)} if record._is_signable() else {}
        if name in ("order_id", "invoice_id", "ticket_id") and hasattr(record, "_portal_ensure_token"):
            return {"access_token": record._portal_ensure_token()}
        return {}

    @mute_logger(*MESSAGES)
    def test_every_page_is_for_whose_right_it_is(self):
        """R4.2.2, R6.3.1: whatever page of the portal they try, with or without the link of a document, people of a customer
        see no document of a kind that their right does not open, those of another customer none at all; and whoever has
        the right finds each."""
        pages = [(path, name, record) for _rule, paths in self._rules("GET") for path, name, record in paths]
        self.assertGreater(len(pages), 30)
        found, seen, tried = set(), set(), 0
        for person in [*self.people, "guest"]:
            login = self.people[person].login if person in self.people else None
            self.authenticate(login, login)
            for path, name, record in pages:
                ways = [path]
                # A link is for whoever holds it; among the people of the customer the right counts as well.
                barred = name and person in PEOPLE and not self._may(person, self.right_of[name])
                if barred and (link := self._links(name, record)):
                    ways.append(f"{path}?{urlencode(link)}")
                for way in ways:
                    answer, tried = self.url_open(way, timeout=120), tried + 1
                    shown = {right for right, texts in self.secrets.items() if any(text in answer.text for text in texts)}
                    if answer.headers.get("Content-Type") == "application/pdf":
                        shown.add(self.right_of[name])
                    found |= {(person, way, right) for right in shown if not self._may(person, right)}
                    seen |= {(person, right) for right in shown}
        print(f"counted: portal: {len(pages)} pages, {tried} requests of {len(self.people) + 1} kinds of people")
        self.assertEqual(sorted(found), [])
        expected = {(person, right) for person in PEOPLE for right in RIGHTS if self._may(person, right)}
        self.assertEqual(seen, expected)

    @mute_logger(*MESSAGES)
    def test_nothing_is_done_without_the_right(self):
        """R4.2.2, R4.1.3, R6.3.1: whatever they send to the page of a document that their right does not open, with or
        without its link, people of a customer and those of another one sign, answer, ask, complain about and order nothing."""
        before, tried = self._state(), 0
        for person in [*self.people, "guest"]:
            login = self.people[person].login if person in self.people else None
            self.authenticate(login, login)
            for rule, paths in self._rules("POST"):
                for path, name, record in paths:
                    if not name or self._may(person, self.right_of[name]):
                        continue
                    link = self._links(name, record) if person in PEOPLE else {}
                    self._send(rule, path, {**link, "sign_token": link.get("access_token", "")})
                    tried += 1
        self.env.invalidate_all()
        print(f"counted: portal: {tried} forms sent without the right")
        self.assertGreater(tried, 20)
        self.assertEqual(self._state(), before)

    def _send(self, rule, path, values):
        told = {
            **{"name": "陈晨", "signer": "陈晨", "signature": PIXEL, "title": "采购经理", "accepted": "1"},
            **dict.fromkeys(("question", "message", "text", "answer", "reason", "decline_message"), "为什么？"),
            "key": "k" * 32,
            **values,
        }
        if rule.endpoint.routing.get("type") == "jsonrpc":
            body = json.dumps({"jsonrpc": "2.0", "params": {**values, "name": "陈晨", "signature": PIXEL}})
            return self.url_open(path, data=body, headers={"Content-Type": "application/json"}, timeout=120)
        return self.url_open(path, data={"csrf_token": Request.csrf_token(self), **told}, timeout=120)

    def _state(self):
        """Return all that a page could do to the documents of the customer."""
        told, stages = {}, {}
        for record in (record for found in self.arguments.values() for record in found):
            own = [("model", "=", record._name), ("res_id", "=", record.id)]
            told[record] = self.env["mail.message"].search_count(own)
            stages[record] = str(record["stage_id" if record._name == "helpdesk.ticket" else "state"])
        signed = [(order.signed_by, order.contract_ids.mapped("customer_signed_on")) for order in (self.delivered, self.waiting)]
        own = [("partner_id", "child_of", self.customer.ids)]
        counts = [self.env[model].search_count(own) for model in ("sale.order", "helpdesk.ticket", "account.move")]
        return told, stages, signed, bool(self.picking.paper_proof_on), counts


PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
