from odoo.exceptions import UserError
from odoo.tests import tagged

from ...exceptions import EvidenceError, MergeError, PseudonymError, RecordUsedError, VoiceError
from ..common import PaperCommon
from ..document_model import add_document_models


@tagged("post_install", "-at_install")
class TestEvidence(PaperCommon):
    """What is attached to a document or written on it stays once it has left its first state."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_document_models(cls)
        cls.colleague = cls._create_user("t_second", "paper_base.group_sales")
        cls.document = cls.env["paper.test.document"].with_user(cls.salesman).create({"name": "D", "amount": 5})

    def _attach(self, user=None, **values):
        files = self.env["ir.attachment"].with_user(user or self.salesman)
        return files.create(
            {"name": "a.pdf", "raw": b"a", "res_model": self.document._name, "res_id": self.document.id, **values}
        )

    def test_files_before_and_after(self):
        """R4.1.3, R7.3.1: files are free while a document is a draft, and stay afterwards; new ones may be added."""
        file, draft = self._attach(), self._attach()
        draft.write({"raw": b"b", "name": "b.pdf"})
        draft.unlink()
        self.document._take_step("asked")
        added = self._attach()
        for attempt in (
            file.unlink,
            lambda: file.write({"raw": b"b"}),
            lambda: file.write({"res_id": 0}),
            lambda: file.sudo().write({"public": True}),
            file.generate_access_token,
            added.unlink,
        ):
            with self.assertRaisesRegex(EvidenceError, "is evidence"), self.env.cr.savepoint():
                attempt()
        file.write({"raw": b"a", "name": "a.pdf", "description": "moved to another store"})
        file.sudo()._by_step().write({"raw": b"printed anew"})
        self.assertEqual(file.raw, b"printed anew")

    def test_files_of_elsewhere_that_a_message_names(self):
        """R4.1.3: a file that stands elsewhere and is attached to what was written on the document stays as well."""
        file = self._attach(res_model=False, res_id=False)
        self.document.message_post(body="see", attachment_ids=file.ids)
        file.sudo()._by_step().write({"res_model": False, "res_id": False})
        self.document._take_step("asked")
        with self.assertRaises(EvidenceError):
            file.unlink()

    def test_a_field_keeps_its_file(self):
        """R6.3.2: nobody brings the file of a field past its field."""
        with self.assertRaises(EvidenceError):
            self._attach(res_field="name")
        with self.assertRaises(EvidenceError):
            self._attach().write({"res_field": "name"})

    def test_messages_before_and_after(self):
        """R4.1.3, R7.3.1: people alter their own comments of a draft; nobody what the system noted, or of a closed one."""
        comment = self.document.message_post(body="mine", message_type="comment")
        note = self.document.message_post(body="noted")
        comment.write({"body": "still mine"})
        for attempt in (
            lambda: comment.with_user(self.colleague).write({"body": "ALTERED"}),
            comment.with_user(self.colleague).unlink,
            lambda: note.write({"body": "ALTERED"}),
            note.unlink,
            lambda: note.sudo().write({"date": "2020-01-01"}),
        ):
            with self.assertRaisesRegex(EvidenceError, "by who wrote it"), self.env.cr.savepoint():
                attempt()
        self.document._take_step("asked")
        for attempt in (lambda: comment.write({"body": "ALTERED"}), comment.unlink):
            with self.assertRaisesRegex(EvidenceError, "it is evidence"), self.env.cr.savepoint():
                attempt()
        comment.write({"starred_partner_ids": [(4, self.salesman.partner_id.id)]})

    def test_a_draft_goes_with_what_was_written_on_it(self):
        """R7.3.1: a draft is deleted with its messages and files, one that was submitted is not, whatever a client says."""
        gone = self.document.copy()
        file, message = self._attach(res_id=gone.id), gone.message_post(body="x")
        gone.sudo().unlink()
        self.assertFalse(file.exists() or message.exists())
        self.document._take_step("asked")
        for document in (self.document, self.document.with_context(_force_unlink=True)):
            with self.assertRaises(EvidenceError), self.env.cr.savepoint():
                document.sudo().unlink()

    def test_a_tracked_change_is_noted_by_the_system(self):
        """R4.1.3: nobody notes a change that was not made."""
        field = self.env["ir.model.fields"]._get("res.partner", "name")
        with self.assertRaises(EvidenceError):
            self.document.message_post(body="x", tracking_value_ids=[(0, 0, {"field_id": field.id, "new_value_char": "z"})])

    def test_pictures_in_the_text(self):
        """R7.3.1: a picture that is pasted into a message of a closed document is kept with it."""
        self.document._take_step("asked")
        pixel = (
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
        picture = f"<img src='data:image/png;base64,{pixel}'>"
        message = self.env["mail.message"].with_user(self.salesman).create(
            {"model": self.document._name, "res_id": self.document.id, "body": picture, "message_type": "comment"}
        )
        self.assertTrue(message.attachment_ids)


@tagged("post_install", "-at_install")
class TestOwnVoice(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_document_models(cls)
        cls.document = cls.env["paper.test.document"].with_user(cls.salesman).create({"name": "D", "amount": 5})

    def test_in_the_own_name(self):
        """R4.1.3: who writes is who is logged in, with or without saying so."""
        own = self.document
        message = own.message_post(body="x", author_id=self.salesman.partner_id.id, message_type="comment")
        self.assertEqual(message.author_id, self.salesman.partner_id)
        manager = self.manager.partner_id
        for values in (
            {"author_id": manager.id},
            {"author_id": False},
            {"email_from": "boss@example.com"},
            {"date": "2020-01-01"},
        ):
            with self.assertRaises(VoiceError), self.env.cr.savepoint():
                own.message_post(body="x", **values)
            with self.assertRaises(VoiceError), self.env.cr.savepoint():
                message.write(values)
        # The system writes in the name of whom it serves.
        self.assertEqual(own.sudo().message_post(body="x", author_id=manager.id).author_id, manager)

    def test_an_address_of_two_people(self):
        """R4.1.3: an address that a colleague has too makes nobody the colleague."""
        self.manager.partner_id.email = self.salesman.partner_id.email = "both@example.com"
        message = self.document.message_post(body="x", email_from="both@example.com")
        self.assertEqual(message.author_id, self.salesman.partner_id)


@tagged("post_install", "-at_install")
class TestDeletion(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_document_models(cls)
        cls.left = cls._create_user("t_left", "paper_base.group_sales", name="Li Wei", email="li@example.com")
        cls.document = cls.env["paper.test.document"].with_user(cls.left).create({"name": "Document 7", "amount": 5})

    def test_what_is_used(self):
        """R4.1.3: what is used is not deleted, and who tries reads by what; archiving is the way out."""
        grade = self.env["paper.grade"].create({"name": "g", "code": "T-G"})
        self.env["paper.spec"].create(self._prepare_reel(grade_id=grade.id))
        with self.assertRaisesRegex(RecordUsedError, "Paper Specification.*Archive it instead") as refused:
            grade.unlink()
        self.assertEqual(refused.exception.items[0]["action"]["res_model"], "paper.spec")
        unused = self.env["paper.grade"].create({"name": "h", "code": "T-H"})
        unused.unlink()

    def test_who_wrote(self):
        """R4.1.3: who wrote on a document is not deleted with the name under what was written."""
        author = self.env["res.partner"].create({"name": "Wang"})
        self.document.sudo().message_post(body="x", author_id=author.id)
        with self.assertRaisesRegex(RecordUsedError, "Archive it instead"):
            author.unlink()

    def test_a_pseudonym(self):
        """R4.1.3: where a law asks for it, the administrator replaces the personal data of who left; what was done stays."""
        admin = self.env.ref("base.user_admin")
        partner = self.left.partner_id
        message = self.document.message_post(body="x")
        with self.assertRaisesRegex(PseudonymError, "still active"):
            partner.with_user(admin).action_paper_pseudonym("asked for")
        self.left.active = False
        partner.active = False
        with self.assertRaises(PseudonymError):
            partner.with_user(self.manager).action_paper_pseudonym("asked for")
        self.assertEqual(partner.with_user(admin).action_paper_pseudonym()["res_model"], "paper.reason.wizard")
        self.left.with_user(admin).partner_id.action_paper_pseudonym("asked for by mail on 30 November")
        self.assertEqual((message.author_id, partner.email), (partner, False))
        self.assertNotIn("Li Wei", " ".join([partner.name, message.email_from, self.left.login]))
        record = self.env["paper.pseudonym"].search([("partner_id", "=", partner.id)])
        self.assertEqual(record.user_id, admin)
        with self.assertRaises(UserError):
            record.unlink()

    def test_a_merge_that_the_database_refuses(self):
        """R4.1.3: contacts of which something settled names one are merged the other way round, or stay apart; in words."""
        other = self.env["res.partner"].create({"name": "Hua Print (double)", "is_company": True})
        wizard = self.env["base.partner.merge.automatic.wizard"]
        settled = {self.customer: self.document.sudo()}
        self.patch(type(wizard), "_paper_settled", lambda self, partners: {p: r for p, r in settled.items() if p in partners})
        with self.assertRaisesRegex(MergeError, "Document 7.*other way round"):
            wizard._merge((self.customer | other).ids, other)
        self.assertEqual(wizard._get_ordered_partner((self.customer | other).ids)[-1], self.customer)
        settled[other] = self.document.sudo()
        with self.assertRaisesRegex(MergeError, "stay apart"):
            wizard._merge((self.customer | other).ids)
        settled.clear()
        wizard._merge((self.customer | other).ids, self.customer)
        self.assertFalse(other.exists())
