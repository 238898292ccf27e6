from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ...exceptions import CreditCodeError, CreditDecisionError
from ..common import CreditCommon

GOOD, BAD = "91110000600037341L", "91110000600037341M"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestCreditEvidence(CreditCommon):
    def test_code_of_a_chinese_company(self):
        """R3.2.2: a Chinese company's code is refused when its check digit, length or characters are wrong, and says which."""
        china = self.env.ref("base.cn")
        self.customer.write({"country_id": china.id, "vat": GOOD})
        for code, word in ((BAD, "check digit"), (GOOD[:-1], "18 characters"), ("91IO0000600037341L", "characters that")):
            with self.assertRaises(UserError) as refused:
                self.customer.vat = code
            self.assertIn(word, str(refused.exception))
        self.assertEqual(self.customer.vat, GOOD)
        self.customer.vat = "/"

    def test_codes_of_others(self):
        """R3.2.2: a foreign company and a person have other numbers."""
        germany = self.env["res.partner"].create({"name": "D", "is_company": True, "country_id": self.env.ref("base.de").id})
        germany.vat = "DE999999999"
        self.env["res.partner"].create({"name": "Li", "country_id": self.env.ref("base.cn").id, "vat": "110101199003070000"})

    @mute_logger("odoo.domains")  # helpdesk_mgmt counts the tickets of a partner that is not saved yet
    def test_warned_while_typing(self):
        """R3.2.2: the form of a customer says at once that the code is wrong."""
        with self.assertRaises(CreditCodeError), Form(self.env["res.partner"].with_context(default_is_company=True)) as form:
            form.name, form.country_id, form.vat = "Hua", self.env.ref("base.cn"), BAD
            self.assertIn("check digit", form.paper_code_warning)

    def test_code_comes_from_the_customer(self):
        """R3.2.2: the review takes the code of the customer's record, and says when it has another."""
        self.customer.write({"country_id": self.env.ref("base.cn").id, "vat": GOOD})
        review = self._create_review(approve=False)
        self.assertEqual(review.credit_code, GOOD)
        self.assertFalse(review.code_warning)
        review.credit_code = "91350100M000100Y43"
        self.assertIn(GOOD, review.code_warning)

    def test_evidence_of_a_decision_stays(self):
        """R3.2.2: what a decision was based on is neither changed, added to nor removed."""
        review = self._create_review(approve=False)
        document = self._create_document(review)
        review.action_approve()
        for act in (lambda: document.write({"file": False}), document.unlink, lambda: self._create_document(review)):
            with self.assertRaises(CreditDecisionError):
                act()

    def test_evidence_on_file_counts(self):
        """R3.2.2: what was collected for an earlier review counts for the next while it is valid."""
        first = self._create_review(approve=False)
        for kind in ("licence", "statement", "history"):
            self._create_document(first, kind=kind, valid_until="2026-07-31")
        first.action_refuse()
        second = self._create_review(approve=False)
        self.assertFalse(second.evidence_missing)
        self.assertEqual(len(second.earlier_document_ids), 3)
        self.assertEqual(second.earlier_review_ids, first)

    def test_reminded_once(self):
        """R3.2.2: whoever has the customer is reminded of a document that expires soon, once, and again for a new date."""
        review = self._create_review(approve=False)
        document = self._create_document(review, valid_until="2026-07-01")
        later = self._create_document(review, kind="statement", valid_until="2027-07-01")
        cron = self.env["paper.credit.document"]
        cron._cron_remind()
        cron._cron_remind()
        self.assertEqual(document.activity_ids.user_id, self.seller)
        self.assertEqual(len(document.activity_ids), 1)
        self.assertFalse(later.activity_ids)
        document.valid_until = "2026-07-10"
        cron._cron_remind()
        self.assertEqual(len(document.activity_ids), 2)

    def test_reminded_of_the_approval(self):
        """R3.2.2: the credit department is reminded before an approval ends."""
        review = self._create_review(valid_until="2026-07-01")
        self.env["paper.credit.document"]._cron_remind()
        self.env["paper.credit.document"]._cron_remind()
        mine = review.activity_ids.filtered(lambda item: item.user_id == self.credit)
        self.assertEqual(len(mine), 1)
