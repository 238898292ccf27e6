import json
from datetime import timedelta

from odoo import fields, http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from ...exceptions import ContractImmutableError, ContractRoleError
from ..common import SIGNATURE, ContractBuilder


class PortalBuilder(ContractBuilder):
    @classmethod
    def build_customers(cls):
        cls.portal = cls.build_user("paper_buyer_q", "base.group_portal", lang="zh_CN")
        cls.portal.partner_id.parent_id = cls.customer
        cls.stranger = cls.build_user("paper_stranger_q", "base.group_portal")

    def ask(self, contract, text, token=None):
        """Send a question the way the form of the page does."""
        data = {"csrf_token": http.Request.csrf_token(self), "question": text}
        if token:
            data["access_token"] = token
        return self.url_open(f"/my/contracts/{contract.id}/ask", data=data)


@tagged("post_install", "-at_install")
class TestContractQuestions(PortalBuilder, HttpCase):
    def setUp(self):
        super().setUp()
        # Refused requests are what is tested here; the server's notes of them are none of the log's business.
        self.enterContext(mute_logger("odoo.http"))

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_mill()
        cls.build_customers()

    def test_question_and_answer(self):
        """R4.1.3: the customer asks about his contract in the portal; sales and legal have it to answer; the answer is shown to
        him and mailed; neither is altered afterwards."""
        contract = self.build_contract(state="sent")
        self.authenticate(self.portal.login, self.portal.login)
        page = self.ask(contract, "  能否分两批交货？<b>x</b>  ").text
        self.assertIn("能否分两批交货？&lt;b&gt;x&lt;/b&gt;", page)
        question = contract.question_ids
        self.assertEqual((question.partner_id, question.question), (self.portal.partner_id, "能否分两批交货？<b>x</b>"))
        self.assertLessEqual(self.sales | self.legal, question.activity_ids.user_id)
        with self.assertRaises(AccessError):
            question.with_user(self.planner).action_answer("No")
        with self.assertRaises(ContractRoleError):
            question.with_user(self.build_user("paper_fin_q", "paper_base.group_finance")).action_answer("No")
        mails = self.env["mail.mail"].search_count([("model", "=", "paper.contract.question")])
        question.with_user(self.legal).action_answer("可以，分两批。")
        self.assertEqual((question.state, question.answered_by_id), ("answered", self.legal))
        self.assertFalse(question.activity_ids)
        mail = self.env["mail.mail"].search([("model", "=", "paper.contract.question"), ("res_id", "=", question.id)])
        self.assertEqual(self.env["mail.mail"].search_count([("model", "=", "paper.contract.question")]), mails + 1)
        self.assertEqual(mail.recipient_ids, self.portal.partner_id)
        self.assertIn("可以，分两批。", mail.body_html)
        self.assertIn("可以，分两批。", self.url_open(f"/my/contracts/{contract.id}").text)
        for vals in ({"answer": "No"}, {"question": "No"}, {"state": "open"}):
            with self.subTest(vals=vals), self.assertRaises(ContractImmutableError):
                question.with_user(self.legal).write(vals)

    def test_questions_that_are_refused(self):
        """R4.1.3: an empty, an endless and a twenty-first question are refused, and so is one without the form's own token."""
        contract = self.build_contract(state="sent")
        self.authenticate(self.portal.login, self.portal.login)
        for text in ("  ", "长" * 2001):
            self.assertIn("message=not_asked", self.ask(contract, text).url)
        for _number in range(20):
            self.env["paper.contract.question"]._ask(contract.sudo(), self.portal.partner_id, "Why?")
        self.assertIn("message=not_asked", self.ask(contract, "Why?").url)
        self.assertEqual(len(contract.question_ids), 20)
        answer = self.url_open(f"/my/contracts/{contract.id}/ask", data={"question": "x"})
        self.assertEqual(answer.status_code, 400)
        self.assertEqual(self.url_open(f"/my/contracts/{contract.id}/ask?question=x").status_code, 405)


@tagged("post_install", "-at_install")
class TestContractRoutes(PortalBuilder, HttpCase):
    def setUp(self):
        super().setUp()
        # Refused requests are what is tested here; the server's notes of them are none of the log's business.
        self.enterContext(mute_logger("odoo.http"))

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_mill()
        cls.build_customers()

    def json(self, url, params):
        answer = self.url_open(url, data=json.dumps({"params": params}), headers={"Content-Type": "application/json"})
        return answer.json()

    def try_all(self, contract, secret, token=None, sign_token=None):
        """Call every route about a contract with these tokens and return the names of those that let through.

        :param secret: bytes or text that only the right reader may see
        """
        order = contract.order_id
        query = "&".join(
            f"{name}={value}" for name, value in (("access_token", token), ("sign_token", sign_token)) if value
        )
        shown = {
            "page": f"/my/contracts/{contract.id}?{query}",
            "pdf": f"/my/contracts/{contract.id}/pdf?{query}",
            "issued": f"/my/contracts/{contract.id}/pdf?version=issued&{query}",
            "download": f"/my/contracts/{contract.id}/pdf?download=1&{query}",
            "list": f"/my/contracts?{query}",
            "order": f"/my/orders/{order.id}?{query}",
            "order pdf": f"/my/orders/{order.id}?report_type=pdf&{query}",
            "report": f"/report/pdf/paper_contract.report_contract/{contract.id}?{query}",
            "report html": f"/report/html/paper_contract.report_contract/{contract.id}?{query}",
            "case html": f"/report/html/paper_contract.report_contract_case/{contract.id}?section=contents&{query}",
            "content": f"/web/content/{contract.issued_id.attachment_id.id}?{query}",
            "document": f"/web/content/paper.contract.document/{contract.issued_id.id}/file?{query}",
            "signature": f"/web/image/paper.contract/{contract.id}/customer_signature?{query}",
        }
        let = set()
        for name, url in shown.items():
            answer = self.url_open(url)
            texts = [contract.name, order.name]
            reached = answer.content == secret or any(text in answer.text for text in texts)
            if reached and answer.status_code == 200:
                let.add(name)
        asked = len(contract.question_ids)
        self.ask(contract, "Is this mine?", token)
        contract.invalidate_recordset()
        if len(contract.question_ids) > asked:
            let.add("ask")
        sign = self.json(
            f"/my/contracts/{contract.id}/sign",
            {
                "access_token": token,
                "sign_token": sign_token,
                "sha256": contract.pdf_sha256,
                "name": "X",
                "signature": SIGNATURE,
            },
        )
        if not sign.get("error") and "error" not in sign["result"]:
            let.add("sign")
        accept = self.json(f"/my/orders/{order.id}/accept", {"access_token": token, "name": "X", "signature": SIGNATURE})
        if not accept.get("error") and "error" not in accept["result"]:
            let.add("accept")
        contract.invalidate_recordset()
        return let

    def reading(self):
        return {"page", "pdf", "issued", "download", "ask"}

    def test_anonymous_and_strangers(self):
        """R4.1.3: nobody and another customer reach nothing of a contract by any route: with its id alone, with a guessed
        token, with the token of another contract, with the token to sign alone."""
        contract, other = self.build_contract(state="sent"), self.build_contract(state="sent")
        secret = contract.issued_id.attachment_id.raw
        tokens = {
            "nothing": (None, None),
            "guess": ("0" * 36, "guess"),
            "another contract's": (self.read_token(other), self.token(other)),
            "the token to sign as token to read": (self.token(contract), self.token(contract)),
            "the token to sign alone": (None, self.token(contract)),
        }
        for login in (None, self.stranger.login):
            self.authenticate(login, login)
            for name, (token, sign_token) in tokens.items():
                with self.subTest(login=login, tokens=name):
                    self.assertEqual(self.try_all(contract, secret, token, sign_token), set())
        self.assertFalse(contract.customer_signed_on)
        self.assertFalse(contract.question_ids)
        answer = self.url_open(f"/my/contracts/{contract.id + 100000}")
        self.assertNotIn("/my/contracts/", answer.url)

    def test_token_to_read(self):
        """R4.1.3: who holds the link to read reads and asks, logged in as somebody else or not, and signs nothing."""
        contract = self.build_contract(state="sent")
        secret = contract.issued_id.attachment_id.raw
        for login in (None, self.stranger.login):
            self.authenticate(login, login)
            for sign_token in (None, self.read_token(contract)):
                with self.subTest(login=login, sign_token=bool(sign_token)):
                    let = self.try_all(contract, secret, self.read_token(contract), sign_token)
                    self.assertEqual(let, self.reading())
        self.assertFalse(contract.customer_signed_on)

    def test_stale_tokens(self):
        """R4.1.3: an expired link to read, one replaced by a newer letter, and those of a contract taken back reach nothing."""
        contract = self.build_contract(state="sent")
        secret = contract.issued_id.attachment_id.raw
        old = (self.read_token(contract), self.token(contract))
        contract.with_user(self.sales).action_renew_sign_link()
        self.authenticate(None, None)
        self.assertEqual(self.try_all(contract, secret, *old), set())
        new = (self.read_token(contract), self.token(contract))
        contract._links("read")._by_step().write({"expires_on": fields.Datetime.now() - timedelta(minutes=1)})
        self.assertEqual(self.try_all(contract, secret, *new), set())
        self.assertFalse(contract.customer_signed_on)
        self.assertFalse(contract._link_of("read"))
        self.assertFalse(contract.access_token, "there is no token besides those of the letters")
        contract.with_user(self.sales).action_renew_sign_link()
        newest = (self.read_token(contract), self.token(contract))
        contract.with_user(self.sales).action_back_to_draft()
        self.assertEqual(self.try_all(contract, secret, *newest), set())

    def test_token_to_sign_is_used_once(self):
        """R4.1.3: with both tokens the customer signs, once; afterwards the same link only reads."""
        contract = self.build_contract(state="sent")
        secret = contract.issued_id.attachment_id.raw
        tokens = (self.read_token(contract), self.token(contract))
        self.authenticate(None, None)
        self.assertIn("sign", self.try_all(contract, secret, *tokens))
        self.assertTrue(contract.customer_signed_on)
        self.assertEqual(self.try_all(contract, secret, *tokens), self.reading())

    def test_how_long_a_link_reads(self):
        """R4.1.3: the link to read is valid for the days that the company sets; 0 sets no end."""
        self.company.paper_read_link_days = 30
        with freeze_time("2026-12-01 00:00:00"):
            contract = self.build_contract(state="sent")
            self.assertEqual(contract._link_of("read").expires_on.isoformat(), "2026-12-31T00:00:00")
        self.company.paper_read_link_days = 0
        contract.with_user(self.sales).action_renew_sign_link()
        self.assertFalse(contract._link_of("read").expires_on)
        self.assertTrue(contract._link_opens("read", self.read_token(contract)))

    def test_the_customer_himself(self):
        """R4.1.3, R4.2.2: the customer reads his contract by login; later his order shows the timeline, the history of its
        delivery date and its papers; another customer sees nothing of them."""
        order = self.build_order()
        order.with_user(self.sales).commitment_date = "2026-12-24 08:00:00"
        contract = self.build_contract(order, state="in_force")
        self.authenticate(self.portal.login, self.portal.login)
        page = self.url_open(f"/my/orders/{order.id}").text
        for words in ("o_paper_timeline", "o_paper_promises", "o_paper_documents", f"/my/contracts/{contract.id}/pdf"):
            self.assertIn(words, page)
        history = page.split("o_paper_promises")[1].split("</section>")[0]
        self.assertEqual(history.count("<li"), 3, history)
        documents = order._paper_portal_documents(self.portal)
        self.assertLessEqual({"order", "contract", "contract_pdf"}, {document.code for document in documents})
        for document in documents:
            self.assertEqual(self.url_open(document.url).status_code, 200)
        self.authenticate(self.stranger.login, self.stranger.login)
        self.assertNotIn("o_paper_promises", self.url_open(f"/my/orders/{order.id}").text)

    def test_promise_history(self):
        """R4.2.2: every change of the delivery date is kept, with who made it and when; nobody writes it by hand."""
        order = self.build_order()
        self.assertEqual(len(order._get_promise_history()), 1)
        order.with_user(self.sales).write({"commitment_date": "2026-12-24 08:00:00"})
        order.with_user(self.sales).write({"commitment_date": "2026-12-24 08:00:00"})
        order.with_user(self.sales).write({"commitment_date": "2026-12-28 08:00:00"})
        dates = [str(item["promised"].date()) for item in order._get_promise_history()]
        self.assertEqual(dates, ["2026-12-20", "2026-12-24", "2026-12-28"])
        self.assertEqual(order.paper_promise_ids.user_id, self.sales)
        with self.assertRaises(AccessError):
            order.paper_promise_ids[0].with_user(self.sales).promised = "2027-01-01"
        with self.assertRaises(AccessError):
            order.paper_promise_ids[0].with_user(self.sales).unlink()

    def test_only_buyers_read_and_sign(self):
        """R4.1.3: of a customer's people buyers alone read and sign; a receiver's login opens nothing, not even by links."""
        contract = self.build_contract(self.build_order(), state="sent")
        self.assertIn("sign", [action.code for action in contract.order_id._paper_portal_actions(self.portal)])
        token, sign = self.read_token(contract), contract._link_issue("sign", partner=contract.partner_id)
        self.portal.partner_id.write({"paper_is_buyer": False, "paper_is_receiver": True, "paper_is_accounts": True})
        self.authenticate(self.portal.login, self.portal.login)
        for path in (f"?access_token={token}&sign_token={sign}", f"/pdf?access_token={token}"):
            self.assertNotIn(contract.name, self.url_open(f"/my/contracts/{contract.id}{path}").text)
        self.assertNotIn(contract.name, self.url_open("/my/contracts").text)
        self.assertFalse(contract._may_sign(sign, self.portal))
        self.assertFalse(self.env["paper.contract"].with_user(self.portal).search([]))
        self.assertEqual(contract.order_id._paper_portal_actions(self.portal), [])
