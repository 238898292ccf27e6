import re
from html import unescape

from odoo.tests import HttpCase, tagged
from werkzeug.urls import url_encode

from ..common import SIGNATURE, ContractBuilder, letter_tokens


@tagged("post_install", "-at_install")
class TestContractPortal(ContractBuilder, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_mill()
        cls.portal = cls.build_user("paper_buyer", "base.group_portal", lang="zh_CN")
        cls.portal.partner_id.parent_id = cls.customer
        cls.stranger = cls.build_user("paper_stranger", "base.group_portal")

    def setUp(self):
        super().setUp()
        self.contract = self.build_contract(state="sent")

    def page(self, query="", shown=True):
        response = self.url_open(f"/my/contracts/{self.contract.id}{query}")
        self.assertEqual(f"/my/contracts/{self.contract.id}" in response.url, shown, response.url)
        return response.text

    def sign_url(self, page):
        match = re.search(r"/my/contracts/\d+/sign\?[^\"'<]+?(?=&#34;|&quot;|\"|')", page)
        return unescape(match.group(0)) if match else None

    def sign(self, url, name="王伟", signature=SIGNATURE):
        return self.make_jsonrpc_request(url, {"name": name, "signature": signature})

    def test_customer_signs_and_order_is_confirmed(self):
        """R4.1.3, R4.2.2: the customer reads his contract in the portal and signs it; the order is confirmed."""
        self.contract.with_user(self.manager).action_sign_company("Zhang Min", SIGNATURE)
        self.authenticate("paper_buyer", "paper_buyer")
        self.assertIn(self.contract.name, self.url_open("/my/contracts").text)
        self.assertIn("/my/contracts", self.url_open("/my/home").text)
        page = self.page()
        self.assertIn("第一条", page)
        self.assertIn("签署合同", page)
        result = self.sign(self.sign_url(page))
        self.assertTrue(result.get("force_refresh"), result)
        self.assertEqual((self.contract.state, self.contract.order_id.state), ("in_force", "sale"))
        self.assertEqual(self.contract.customer_signed_by, "王伟")
        self.assertEqual(self.contract.customer_signed_user_id, self.portal)
        self.assertEqual(self.contract.customer_signed_ip, "127.0.0.1")
        signed = self.url_open(result["redirect_url"]).text
        self.assertIn("合同已生效", signed)
        self.assertIsNone(self.sign_url(signed))

    def test_pdf_is_the_archived_bytes(self):
        """R4.1.3: the customer is shown exactly the PDF whose hash is recorded."""
        self.authenticate("paper_buyer", "paper_buyer")
        response = self.url_open(f"/my/contracts/{self.contract.id}/pdf")
        self.assertEqual(response.content, self.contract.pdf_attachment_id.raw)

    def test_link_without_login(self):
        """R4.1.3: the link in the mail reads and signs without a login, once."""
        token = self.token(self.contract)
        access = self.read_token(self.contract)
        self.authenticate(None, None)
        reading = self.page(f"?access_token={access}")
        self.assertIsNone(self.sign_url(reading))
        signing = self.page(f"?access_token={access}&sign_token={token}")
        url = self.sign_url(signing)
        self.assertTrue(self.sign(url).get("force_refresh"))
        self.assertEqual(self.contract.customer_signed_by, "王伟")
        self.assertIn("error", self.sign(url))

    def test_strangers(self):
        """R4.1.3: another customer and the public reach neither page, PDF nor signature, with a guessed id or token."""
        for login in ("paper_stranger", None):
            self.authenticate(login, login)
            for query in ("", "?access_token=guess", f"?sign_token={self.token(self.contract)}"):
                with self.subTest(login=login, query=query):
                    self.page(query, shown=False)
                    pdf = self.url_open(f"/my/contracts/{self.contract.id}/pdf{query}")
                    self.assertNotIn("/pdf", pdf.url)
                    self.assertNotEqual(pdf.content, self.contract.pdf_attachment_id.raw)
                    url = f"/my/contracts/{self.contract.id}/sign{query}"
                    self.assertIn("error", self.sign(url))
        self.authenticate("paper_stranger", "paper_stranger")
        self.assertNotIn(self.contract.name, self.url_open("/my/contracts").text)
        self.assertFalse(self.contract.customer_signed_on)

    def test_reading_link_of_stranger_cannot_sign(self):
        """R4.1.3: who was forwarded the link to read, logged in or not, gets no token to sign."""
        for login in ("paper_stranger", None):
            self.authenticate(login, login)
            page = self.page(f"?access_token={self.read_token(self.contract)}")
            self.assertIsNone(self.sign_url(page))
            url = f"/my/contracts/{self.contract.id}/sign?access_token={self.read_token(self.contract)}"
            self.assertIn("error", self.sign(f"{url}&sign_token=guess&sha256={self.contract.pdf_sha256}"))
        self.assertFalse(self.contract.customer_signed_on)

    def test_stale_links(self):
        """R4.1.3: links of a contract that went back to draft, and expired ones, sign nothing."""
        self.authenticate("paper_buyer", "paper_buyer")
        url = self.sign_url(self.page())
        self.contract._links("sign")._by_step().write({"expires_on": "2020-01-01 00:00:00"})
        self.assertIn("error", self.sign(url))
        self.assertIsNone(self.sign_url(self.page()))
        self.contract.with_user(self.sales).action_back_to_draft()
        self.assertIn("error", self.sign(url))
        self.page(shown=False)

    def test_bad_signatures(self):
        """R4.1.3: a signature without name or image changes nothing."""
        self.authenticate("paper_buyer", "paper_buyer")
        url = self.sign_url(self.page())
        for name, image in (("", SIGNATURE), ("王伟", ""), ("王伟", "bm8gaW1hZ2U=")):
            with self.subTest(name=name, image=image):
                self.assertIn("error", self.sign(url, name, image))
        self.assertFalse(self.contract.customer_signed_on)
        self.assertTrue(self.sign(url).get("force_refresh"))

    def test_standard_portal_cannot_confirm(self):
        """R4.1.3: the quotation's own signature route confirms nothing while no contract is in force."""
        order = self.contract.order_id
        order.action_quotation_sent()
        order.write({"require_signature": True})
        self.authenticate("paper_buyer", "paper_buyer")
        result = self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {"access_token": order._portal_ensure_token(), "name": "X", "signature": SIGNATURE},
        )
        self.assertIn("error", result)
        self.assertEqual(order.state, "sent")

    def test_the_form_speaks_his_language(self):
        """R4.1.3: the words of the form to sign are sent in the customer's language."""
        self.env["res.lang"]._activate_lang("zh_CN")
        words = self.url_open("/website/translations?lang=zh_CN").json()
        self.assertIn("paper_contract", words["modules"])

    def test_a_person_signs(self):
        """R4.1.3: the form does not put the company's name where a person's belongs."""
        contract = self.build_contract(state="sent")
        self.authenticate(None, None)
        page = self.url_open(f"/my/contracts/{contract.id}?{url_encode(letter_tokens(contract))}").text
        self.assertIn("&#34;defaultName&#34;: &#34;&#34;", page)
