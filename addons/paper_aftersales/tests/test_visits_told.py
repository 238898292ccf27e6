from odoo.addons.paper_aftersales.exceptions import VisitFindingError
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import AftersalesCommon

DONE = {"use": "Runs well", "quality": "As ordered", "satisfaction": "5"}


@tagged("post_install", "-at_install")
class TestVisitsTold(AftersalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()
        cls.lot = cls._lot("R-1", cls.order)
        cls.visit = cls.order.paper_visit_ids.with_user(cls.quality)

    def _finding(self, **vals):
        group = self.env.ref("paper_base.group_workshop")
        values = {"visit_id": self.visit.id, "name": "Edges frayed", "group_id": group.id, **vals}
        return self.env["paper.visit.finding"].with_user(self.quality).create(values)

    def test_closed_when_all_is_told(self):
        """R7.2.2: a finding goes to its department with a deadline, is acted on, told to the customer; then the visit closes."""
        finding = self._finding()
        self.assertIn(self.workshop, finding.activity_ids.user_id)
        self.assertTrue(finding.deadline_date)
        self.visit.write(DONE)
        self.visit.action_done()
        with self.assertRaises(VisitFindingError), self.env.cr.savepoint():
            self.visit.action_close()
        own = finding.with_user(self.workshop)
        with self.assertRaises(VisitFindingError), self.env.cr.savepoint():
            own.action_finish()
        own.action = "New blades"
        own.action_finish()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.visit.with_user(self.workshop).action_close()
        before = self.env["mail.mail"].search([])
        finding.action_tell()
        letter = self.env["mail.mail"].search([]) - before
        self.assertEqual(letter.recipient_ids, self.customer)
        self.assertIn("New blades", letter.body_html)
        self.visit.action_close()
        self.assertEqual(self.visit.state, "closed")
        with self.assertRaises(VisitFindingError):
            finding.with_user(self.quality).action = "x"

    def test_other_department(self):
        """R7.2.2: a department sees and answers its own findings, no other's."""
        finding = self._finding(group_id=self.env.ref("paper_base.group_logistics").id)
        with self.assertRaises(AccessError):
            finding.with_user(self.workshop).read(["name"])

    def test_poor_score_opens_a_case(self):
        """R7.2.2: a score of at most two opens a case at once, once; the button opens the same one."""
        self.visit.write({"satisfaction": "2", "suggestions": "Edges frayed"})
        ticket = self.visit.ticket_ids
        self.assertEqual(len(ticket), 1)
        self.assertEqual(ticket.sale_order_id, self.order)
        self.visit.satisfaction = "1"
        self.visit.action_create_ticket()
        self.visit.action_create_ticket()
        self.assertEqual(self.visit.ticket_ids, ticket)

    def test_questionnaire_fills_the_visit(self):
        """R7.2.1: what the customer answers is written into the visit, and a poor score opens a case."""
        survey = self.env.ref("paper_aftersales.survey_quality_visit")
        answer = survey._create_answer(partner=self.customer, paper_visit_id=self.visit.id)
        given = {
            "use": "Runs at 12,000 sheets",
            "quality": "Edges frayed",
            "satisfaction": "2",
            "service": "4",
            "suggestions": "Blades",
        }
        for question in survey.question_ids.filtered("paper_visit_field"):
            value = given[question.paper_visit_field]
            is_scale = question.question_type == "scale"
            line = (
                {"value_scale": int(value), "answer_type": "scale"}
                if is_scale
                else {"value_text_box": value, "answer_type": "text_box"}
            )
            self.env["survey.user_input.line"].create({"user_input_id": answer.id, "question_id": question.id, **line})
        answer._mark_done()
        self.assertRecordValues(self.visit, [{**given, "score": 2}])
        self.assertEqual(len(self.visit.ticket_ids), 1)

    def test_orders_are_one_visit(self):
        """R7.2.1: several orders of a customer within the rule's days are one visit, delivered together or not."""
        self.rule.min_gap_days = 30
        self.env["paper.quality.visit"].search([]).filtered(lambda visit: visit.state == "planned").with_user(
            self.quality
        ).action_cancel()
        orders = self._order() | self._order() | self._order(self.other_customer)
        self._deliver(orders)
        visits = orders.paper_visit_ids | orders.paper_joined_visit_ids
        self.assertEqual(len(visits), 2)
        later = self._order()
        self._deliver(later)
        self.assertFalse(later.paper_visit_ids)
        self.assertEqual(later.paper_joined_visit_ids.partner_id, self.customer)
        milestone = next(item for item in later._get_milestones()[later] if item["code"] == "visited")
        self.assertEqual(milestone["state"], "current")

    def test_other_frequencies(self):
        """R7.2.1: visits every so many months, after a serious case, and of a share of the deliveries."""
        self.rule.frequency = "serious"
        order = self._order()
        self._deliver(order)
        self.assertFalse(order.paper_visit_ids)
        ticket = self._ticket(sale_order_id=order.id, severity="serious")
        ticket.write({"solution": "Done", "stage_id": self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done").id})
        self.assertEqual(order.paper_visit_ids.rule_id, self.rule)
        self.rule.write({"frequency": "share", "share": 0})
        other = self._order()
        self._deliver(other)
        self.assertFalse(other.paper_visit_ids)
        self.rule.share = 100
        other = self._order()
        self._deliver(other)
        self.assertTrue(other.paper_visit_ids)
        self.rule.write({"frequency": "months", "months": 3})
        with freeze_time("2036-03-03 02:00:00"):
            last = self._order(self.other_customer)
            self._deliver(last)
            planned = self.env["paper.quality.visit"]._plan_regular(last.company_id, self.rule)
            self.assertIn(last, planned.order_id)
            self.assertFalse(self.env["paper.quality.visit"]._plan_regular(last.company_id, self.rule))

    def test_phone_once(self):
        """R7.2.1: what a phone reports on site is taken in once, foreign rolls are told, and the visit is closed by it."""
        events = [
            {
                "uid": "a" * 32,
                "kind": "values",
                "values": {"use": "Runs", "quality": "Good", "satisfaction": "4", "state": "done"},
            },
            {"uid": "b" * 32, "kind": "finding", "name": "Labels hard to read", "kind_of": "suggestion"},
            {"uid": "c" * 32, "kind": "roll", "code": "R-1"},
            {"uid": "d" * 32, "kind": "roll", "code": "R-9"},
            {"uid": "e" * 32, "kind": "done"},
        ]
        answers = [self.visit._take_phone_event(event) for event in events]
        self.assertEqual([answer for answer in answers if answer != "ok"], [answers[3]])
        self.assertIn("R-9", answers[3])
        self.assertEqual({self.visit._take_phone_event(event) for event in events}, {"double"})
        self.assertRecordValues(self.visit, [{"state": "done", "finding_count": 1, "satisfaction": "4"}])
        self.assertEqual(self.visit.lot_ids, self.lot)
