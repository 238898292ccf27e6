from lxml import etree
from odoo.addons.paper_aftersales.exceptions import TicketAnswerError
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .common import AftersalesCommon

DEPARTMENTS = (
    "workshop",
    "technical",
    "logistics",
    "warehouse",
    "finance",
    "purchasing",
    "planning",
    "supervisor",
    "equipment",
    "credit",
    "legal",
)


@tagged("post_install", "-at_install")
class TestTicketQuestions(AftersalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()
        cls.ticket = cls._ticket(sale_order_id=cls.order.id, sale_order_line_id=cls.order.order_line.id)
        cls.people = {"workshop": cls.workshop, "quality": cls.quality, "sales": cls.sales, "management": cls.management}
        for name in DEPARTMENTS[1:]:
            cls.people[name] = new_test_user(cls.env, f"asked_{name}", groups=f"paper_base.group_{name}")

    def _ask(self, department="workshop", user=None, **vals):
        group = self.env.ref(f"paper_base.group_{department}")
        questions = self.env["paper.ticket.question"].with_user(user or self.sales)
        return questions.create({"ticket_id": self.ticket.id, "group_id": group.id, "question": "Whence the dust?", **vals})

    def _open(self, record, view):
        """Read what the web client reads to draw a form."""
        self.env.invalidate_all()
        found = record.get_views([(self.env.ref(view).id, "form")])
        named = {node.get("name") for node in etree.fromstring(found["views"]["form"]["arch"]).iter("field")}
        shown = record.fields_get()
        lists = ("many2one", "one2many", "many2many")
        names = [name for name in named if name in shown and name in record._fields]
        record.web_read({name: {"fields": {"display_name": {}}} if shown[name]["type"] in lists else {} for name in names})

    def test_every_department(self):
        """R7.1.2: each department that is asked about a complaint finds it, reads it and answers; none before."""
        for name in DEPARTMENTS:
            with self.subTest(department=name):
                user = self.people[name]
                ticket = self.ticket.with_user(user)
                self.assertFalse(ticket.search([("id", "=", ticket.id)]))
                with self.assertRaises(AccessError):
                    ticket.read(["name"])
                question = self._ask(name)
                self.assertEqual(ticket.search([("id", "=", ticket.id)]), ticket)
                self.assertIn("dust", ticket.description)
                self._open(ticket, "helpdesk_mgmt.ticket_view_form")
                self._open(question.with_user(user), "paper_aftersales.paper_ticket_question_view_form")
                mine = [("is_mine", "=", True), ("ticket_id", "=", self.ticket.id)]
                self.assertEqual(self.env["paper.ticket.question"].with_user(user).search(mine), question)
                with Form(question.with_user(user)) as form:
                    form.answer = "The slitter was blunt."
                self.assertEqual((question.answered_by_id, bool(question.answered_on)), (user, True))

    def test_nothing_else(self):
        """R7.1.2: the department that is asked changes nothing else: neither the ticket nor another's answer."""
        question, other = self._ask(), self._ask("technical")
        ticket = self.ticket.with_user(self.workshop)
        for step in (
            lambda: ticket.write({"solution": "None"}),
            lambda: ticket.write({"severity": "serious"}),
            lambda: ticket.write({"stage_id": self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done").id}),
            ticket.unlink,
            question.with_user(self.workshop).unlink,
            lambda: other.with_user(self.workshop).write({"answer": "Mine"}),
            lambda: other.with_user(self.workshop).read(["question"]),
            lambda: self._ask("technical", user=self.workshop),
        ):
            with self.assertRaises(AccessError):
                step()
        for vals in (
            {"question": "Another"},
            {"group_id": self.env.ref("paper_base.group_technical").id},
            {"answered_by_id": self.sales.id},
            {"asked_by_id": self.workshop.id},
            {"ticket_id": self._ticket().id},
            {"answer": " "},
        ):
            with self.subTest(vals=vals), self.assertRaises(TicketAnswerError):
                question.with_user(self.workshop).write(vals)
        self.env.invalidate_all()
        self.assertEqual(ticket.question_ids, question)

    def test_nobody_answers_for_another(self):
        """R7.1.2: neither sales nor the management answers for the workshop, on any path."""
        question = self._ask()
        for user in (self.sales, self.quality, self.management):
            with self.subTest(user=user.login):
                with self.assertRaises(TicketAnswerError):
                    question.with_user(user).answer = "All well"
                with self.assertRaises(TicketAnswerError):
                    self.ticket.with_user(user).question_ids = [(1, question.id, {"answer": "All well"})]
                with self.assertRaises(TicketAnswerError):
                    self._ask(user=user, answer="All well")
                with self.assertRaises(TicketAnswerError):
                    questions = self.env["paper.ticket.question"].with_user(user)
                    questions.with_context(default_answer="All well").create(
                        {"ticket_id": self.ticket.id, "group_id": question.group_id.id, "question": "?"}
                    )
        self.assertFalse(question.answer)

    def test_to_do(self):
        """R7.1.2: each of the department gets the to-do, in his language, with the company's days; the first answer ends it
        for all, tells who asked, and leaves alone what somebody noted for himself."""
        mate = new_test_user(self.env, "as_workshop_2", groups="paper_base.group_workshop")
        self.workshop.lang = "en_US"
        question = self._ask()
        self.assertEqual(question.activity_ids.user_id & (self.workshop | mate), self.workshop | mate)
        company = question.company_id
        self.assertEqual(
            question.deadline_date, company._paper_add_working_days(company._paper_today(), company.paper_answer_days)
        )
        own = question.with_user(mate).activity_schedule(summary="Look at the knife", user_id=mate.id)
        own.sudo().automated = False
        question.with_user(self.workshop).answer = "The slitter was blunt."
        self.assertEqual(question.activity_ids, own)
        self.assertEqual(question.deadline_state, "done")
        note = self.ticket.message_ids[:1]
        self.assertIn("slitter", note.body)
        self.assertEqual((note.author_id, note.notified_partner_ids), (self.workshop.partner_id, self.sales.partner_id))

    def test_answered_stays(self):
        """R7.1.2: what was answered is neither asked otherwise nor removed; a closed ticket asks nothing."""
        question = self._ask()
        question.with_user(self.workshop).answer = "The slitter was blunt."
        for step in (lambda: question.write({"question": "?"}), question.unlink):
            with self.assertRaises(TicketAnswerError):
                step()
        open_question = self._ask("technical")
        self.ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        with self.assertRaises(TicketAnswerError):
            self._ask("finance")
        with self.assertRaises(TicketAnswerError):
            open_question.with_user(self.people["technical"]).answer = "Late"

    def test_other_company(self):
        """R7.1.2: a department is asked in its own company."""
        company = self.env["res.company"].create({"name": "Second Mill"})
        self._ask()
        stranger = new_test_user(
            self.env,
            "asked_stranger",
            groups="paper_base.group_workshop",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self.assertFalse(self.env["paper.ticket.question"].with_user(stranger).search([]))
        self.assertFalse(self.env["helpdesk.ticket"].with_user(stranger).search([("id", "=", self.ticket.id)]))
