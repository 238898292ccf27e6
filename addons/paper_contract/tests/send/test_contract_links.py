import json

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import SIGNATURE, ContractBuilder, letter, letter_tokens

# What a client may send as a token.
WRONG = (None, False, True, 0, 1.5, "", "x", "é", "\x00", "签名", [], {}, ["a"], "a" * 5000)


@tagged("post_install", "-at_install")
class TestContractLinks(ContractBuilder, HttpCase):
    """The link that signs is its receiver's: nobody of the mill finds it, whatever they look through (R4.1.3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_mill()
        cls.portal = cls.build_user("paper_buyer_l", "base.group_portal")
        cls.portal.partner_id.parent_id = cls.customer

    def setUp(self):
        super().setUp()
        self.contract = self.build_contract(state="sent")
        self.tokens = letter_tokens(self.contract)
        # Refused requests are what is tested here; the server's notes of them are none of the log's business.
        self.enterContext(mute_logger("odoo.http", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule"))

    def sign(self, **params):
        values = {"sha256": self.contract.pdf_sha256, "name": "Forged", "signature": SIGNATURE, **params}
        answer = self.url_open(
            f"/my/contracts/{self.contract.id}/sign",
            data=json.dumps({"params": values}),
            headers={"Content-Type": "application/json"},
        ).json()
        self.assertNotIn("error", answer, "refused, but not by a crash")
        return answer["result"]

    def assert_hidden(self, text, where):
        for token in self.tokens.values():
            self.assertNotIn(token, text or "", where)

    def rendered(self, user):
        """Yield what a person of the mill can render of the letter: preview, composer, test, chatter."""
        template = self.env.ref("paper_contract.mail_template_contract_to_sign").with_user(user)
        reference = f"paper.contract,{self.contract.id}"
        previews = self.env["mail.template.preview"].with_user(user)
        preview = previews.create({"mail_template_id": template.id, "resource_ref": reference})
        yield "preview", preview.body_html
        composer = self.env["mail.compose.message"].with_user(user).create(
            {"template_id": template.id, "model": "paper.contract", "res_ids": self.contract.ids}
        )
        yield "composer", composer.body
        yield "test", template._render_field("body_html", self.contract.ids)[self.contract.id]

    def test_nobody_of_the_mill_finds_it(self):
        """R4.1.3: no department finds the link: not in messages, mail, links or fields, nor by rendering the letter again."""
        for user in (self.sales, self.legal, self.manager):
            messages = self.env["mail.message"].with_user(user).search([])
            with self.subTest(user=user.login):
                for message in messages | self.contract.with_user(user).message_ids:
                    self.assert_hidden(message.body, "message")
                self.assertFalse(messages & letter(self.contract).mail_message_id)
                self.assertFalse(messages.search([("body", "ilike", self.tokens["sign_token"])]))
                with self.assertRaises(AccessError):
                    self.env["mail.mail"].with_user(user).search([]).mapped("body_html")
                with self.assertRaises(AccessError):
                    self.env["paper.link"].with_user(user).search([]).read()
                for where, text in self.rendered(user):
                    self.assert_hidden(text, where)
                    self.assertNotIn("sign_token", text or "")
                self.assert_hidden(str(self.contract.with_user(user).read()), "fields")
                self.assert_hidden(self.contract.with_user(user).action_preview()["url"], "preview of the page")

    def test_pages_show_no_token_but_their_own(self):
        """R4.1.3: the page that the mill opens shows no token and offers no signature."""
        for user in (self.sales, self.manager):
            self.authenticate(user.login, user.login)
            page = self.url_open(f"/my/contracts/{self.contract.id}").text
            self.assertIn(self.contract.name, page)
            self.assert_hidden(page, "page")
            self.assertNotIn("/sign?", page)

    def test_the_database_holds_no_token(self):
        """R4.1.3: contract, links and messages hold no token, so that whoever reads the tables signs nothing."""
        self.env.flush_all()
        for table in ("paper_contract", "paper_link", "mail_message"):
            self.env.cr.execute(f"SELECT row_to_json(t)::text FROM {table} t")
            self.assert_hidden("".join(row for (row,) in self.env.cr.fetchall()), table)

    def test_what_sales_can_read_signs_nothing(self):
        """R4.1.3: sales signs with nothing that they can read, of the contract, its links or by the link to read."""
        self.authenticate(self.sales.login, self.sales.login)
        link = self.contract._link_of("sign")
        values = [value for row in self.contract.with_user(self.sales).read() for value in row.values()]
        found = {value for value in values if isinstance(value, str)} | {link.token_hash, self.tokens["access_token"]}
        # By their own login, by the link to read that a customer forwarded, by everything that stands in the contract.
        for access in (None, self.tokens["access_token"]):
            for token in (*found, *WRONG):
                with self.subTest(token=repr(token)[:30], access=bool(access)):
                    self.assertIn("error", self.sign(access_token=access, sign_token=token))
        self.assertFalse(self.contract.customer_signed_on)

    def test_any_input_is_answered(self):
        """R4.1.3: whatever is sent as token, hash, name or signature is refused, and crashes nothing."""
        self.authenticate(None, None)
        for wrong in WRONG:
            for params in (
                {"access_token": wrong, "sign_token": wrong},
                {"access_token": self.tokens["access_token"], "sign_token": wrong},
                {**self.tokens, "sha256": wrong},
                {**self.tokens, "name": wrong if not isinstance(wrong, str) else ""},
                {**self.tokens, "signature": wrong},
            ):
                with self.subTest(wrong=repr(wrong)[:20], params=sorted(params)):
                    self.assertIn("error", self.sign(**params))
        self.assertFalse(self.contract.customer_signed_on)
        for query in ("%E4%B8%AD", "%FF", "%00", "x"):
            answer = self.url_open(f"/my/contracts/{self.contract.id}?access_token={query}&sign_token={query}")
            self.assertEqual(answer.status_code, 200, query)

    def test_a_login_of_the_customer_signs_while_the_link_is_valid(self):
        """R4.1.3: the customer's login signs without the token, as long as the letter's link is valid."""
        self.authenticate(self.portal.login, self.portal.login)
        self.contract._link_revoke("sign")
        self.assertIn("error", self.sign())
        self.contract.with_user(self.sales).action_renew_sign_link()
        self.assertNotIn("error", self.sign(name="Wang Wei"))
        self.assertEqual(self.contract.customer_signed_user_id, self.portal)
        self.assertFalse(self.contract._link_of("sign"))

    def test_no_address(self):
        """R4.1.3: without an address no letter goes out, and the contract says so."""
        self.customer.email = False
        sent = letter(self.contract)
        self.contract.with_user(self.sales).action_renew_sign_link()
        self.assertEqual(letter(self.contract), sent)
        self.assertIn("no e-mail address", self.contract.message_ids[0].body)

    def test_malformed_questions(self):
        """R4.1.3: a question without text or with a malformed token is refused, and crashes nothing."""
        self.authenticate(None, None)
        for question, token in (("x", "%FF"), ("\x00", self.tokens["access_token"])):
            data = {"csrf_token": http.Request.csrf_token(self), "question": question}
            answer = self.url_open(f"/my/contracts/{self.contract.id}/ask?access_token={token}", data=data)
            self.assertLess(answer.status_code, 500)
        self.assertFalse(self.contract.question_ids)
