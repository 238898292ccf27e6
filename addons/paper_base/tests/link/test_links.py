import logging
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...exceptions import StepFieldError
from ...links import carry_over
from ..common import PaperCommon
from ..document_model import add_document_models

WRONG = (None, False, True, 0, 1.5, "", "x", "é", "\x00", "\ud800", "签名", b"abc", [], {}, ["a"], "a" * 5000)


@tagged("post_install", "-at_install")
class TestLinks(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_document_models(cls)
        cls.document = cls.env["paper.test.document"].with_user(cls.salesman).create({"name": "D"})
        cls.other = cls.document.create({"name": "E"})

    def test_a_link_opens_its_document_for_its_purpose(self):
        """R4.1.3: a link opens its document for its purpose."""
        token = self.document._link_issue("sign")
        self.assertTrue(self.document._link_opens("sign", token))
        self.assertFalse(self.document._link_opens("read", token))
        self.assertFalse(self.other._link_opens("sign", token))
        self.assertEqual(self.document._link_find("sign", token), (self.document.sudo(), True))

    def test_any_input_is_answered(self):
        """R4.1.3: any input is answered."""
        self.document._link_issue("sign")
        for wrong in WRONG:
            with self.subTest(wrong=repr(wrong)[:20]):
                self.assertFalse(self.document._link_opens("sign", wrong))
                self.assertFalse(self.document._link_use("sign", wrong))
                self.assertFalse(self.document._link_find("sign", wrong)[0])

    def test_the_table_holds_no_token(self):
        """R4.1.3: the table holds no token."""
        token = self.document._link_issue("sign", partner=self.customer)
        self.env.flush_all()
        self.env.cr.execute("SELECT row_to_json(l)::text FROM paper_link l WHERE res_id = %s", [self.document.id])
        self.assertNotIn(token, "".join(row for (row,) in self.env.cr.fetchall()))

    def test_it_ends(self):
        """R4.1.3: it ends."""
        now = fields.Datetime.now()
        expired = self.document._link_issue("sign", expires_on=now - timedelta(seconds=1))
        self.assertFalse(self.document._link_opens("sign", expired))
        first = self.document._link_issue("sign", expires_on=now + timedelta(days=1))
        second = self.document._link_issue("sign", uses=1)
        self.assertFalse(self.document._link_opens("sign", first), "a new link makes the earlier one void")
        self.assertTrue(self.document._link_use("sign", second))
        self.assertFalse(self.document._link_use("sign", second), "it was used up")
        third = self.document._link_issue("read")
        self.document._link_revoke()
        self.assertFalse(self.document._link_opens("read", third))

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.models")
    def test_nobody_makes_or_moves_a_link(self):
        """R4.1.3: nobody makes or moves a link."""
        self.document._link_issue("sign")
        admin = self.env.ref("base.user_admin")
        link = self.document._links().with_user(admin)
        for user in (self.salesman, self.manager, admin):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                link.with_user(user).write({"expires_on": False, "uses_left": 9})
        with self.assertRaises(StepFieldError):
            link.sudo().write({"token_hash": "0" * 64})
        with self.assertRaises(StepFieldError):
            link.sudo().create({"res_model": "x", "res_id": 1, "purpose": "sign", "token_hash": "0" * 64})

    def test_what_is_secret_is_the_receivers(self):
        """R4.1.3: what is secret is the receivers."""
        self.customer.email = "hua@example.com"
        token = self.document._link_issue("sign", partner=self.customer)
        sent = self.env.company._paper_send(
            self.customer, self.document, "Sign", f"<a href='/sign/{token}'>Sign</a>", secret=True
        )
        self.assertEqual(sent, self.customer)
        for user in (self.salesman, self.manager):
            bodies = self.env["mail.message"].with_user(user).search([]).mapped("body")
            self.assertFalse([body for body in bodies if token in body])
        self.assertTrue(self.env["mail.mail"].search([("body_html", "ilike", token)]).auto_delete)

    def test_a_document_takes_its_links_along(self):
        """R4.1.3: a document takes its links along."""
        self.document._link_issue("sign")
        links = self.document._links()
        self.document.unlink()
        self.assertFalse(links.exists())

    def test_links_of_before_go_on_working(self):
        """R4.1.3: links of before go on working."""
        self.document.sudo().flush_recordset()
        self.env.cr.execute("UPDATE paper_test_document SET remark = 'sent-long-ago' WHERE id = %s", [self.document.id])
        carry_over(self.env.cr, "paper.test.document", "paper_test_document", "remark", "sign", "asked_on")
        self.document.invalidate_recordset()
        self.assertTrue(self.document._link_opens("sign", "sent-long-ago"))
        self.assertFalse(self.document.remark, "the clear text is gone")

    def test_the_log_shows_no_token(self):
        """R4.1.3: whoever reads the server's log learns no link, be its token in the path or in the query."""
        token = self.document._link_issue("sign")
        logger = logging.getLogger("werkzeug")
        lines = [f"GET /sign/{token} HTTP/1.1", f"POST /my/contracts/2/sign?access_token=&sign_token={token}&x=1 HTTP/1.1"]
        records = [logger.makeRecord("werkzeug", 20, "", 1, '"%s" %s %s', (line, "200", "-"), None) for line in lines]
        self.assertTrue(all(logger.filter(record) for record in records))
        written = "\n".join(record.getMessage() for record in records)
        self.assertNotIn(token, written)
        self.assertIn("/my/contracts/2/sign", written)
