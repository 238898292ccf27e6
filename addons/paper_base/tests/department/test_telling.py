import re
from collections import Counter
from contextlib import contextmanager
from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tests import tagged

from ..common import PaperCommon
from ..document_model import MANAGEMENT, SALES, add_document_models


@tagged("post_install", "-at_install")
class TestTelling(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_document_models(cls)
        cls.colleague = cls._create_user("t_sales_zh", SALES, lang="zh_CN")
        cls.document = cls.env["paper.test.document"].with_user(cls.salesman).create({"name": "D", "amount": 1})
        cls.company = cls.env.company
        # Only the people of this test are there.
        others = cls.company._paper_department_users(SALES) | cls.company._paper_department_users(MANAGEMENT)
        (others - cls.salesman - cls.colleague - cls.manager).group_ids = cls.env.ref("base.group_user")

    def _told(self, kind=None):
        activities = self.env["mail.activity"].search([("res_model", "=", self.document._name)])
        return activities.filtered(lambda activity: not kind or activity.paper_kind == kind)

    @staticmethod
    def _words(record):
        return f"{record.name} {record.env.lang}"

    def test_each_reads_the_own_language(self):
        """R3.3.1: each reads the own language."""
        self.company._paper_tell(SALES, self.document, self._words)
        words = {activity.user_id: activity.summary for activity in self._told()}
        self.assertEqual(words, {self.salesman: f"D {self.salesman.lang}", self.colleague: "D zh_CN"})

    def test_nobody_is_told_twice(self):
        """R3.3.1: nobody is told twice."""
        for _again in range(2):
            self.company._paper_tell(SALES, self.document, "Do it", kind="call")
        self.assertEqual(len(self._told("call")), 2)

    def test_only_people_who_are_here_and_may_open_it(self):
        """R3.3.1: only people who are here and may open it."""
        self.salesman.active = False
        told = self.company._paper_tell((self.salesman, SALES), self.document, "Do it")
        self.assertEqual(told, self.colleague)
        self.env["ir.model.access"].search([("name", "=", self.document._name)]).group_id = self.env.ref(MANAGEMENT)
        told = self.company._paper_tell(SALES, self.document, "Do it", kind="other")
        self.assertEqual(told, self.manager, "nobody of sales may open it, so the management has it")

    def test_a_step_ends_only_its_own(self):
        """R3.3.1: a step ends only its own."""
        self.document.activity_schedule(
            "mail.mail_activity_data_todo", summary="Mine", user_id=self.salesman.id, automated=False
        )
        self.company._paper_tell(SALES, self.document, "Ask for it")
        self.company._paper_tell(SALES, self.document, "Call them", kind="call")
        self.document._take_step("asked")
        self.assertEqual(set(self._told().mapped("summary")), {"Mine", "Call them"})
        self.company._paper_told(self.document, "call")
        self.assertEqual(self._told().mapped("summary"), ["Mine"])

    def test_the_work_of_who_leaves_goes_on(self):
        """R3.3.1: the work of who leaves goes on."""
        for leave in (lambda: self.salesman.action_archive(), lambda: self.colleague.write({"active": False})):
            self.company._paper_tell(self.salesman | self.colleague, self.document, "Ask for it", kind="ask")
            leave()
        self.assertEqual(self._told("ask").user_id, self.manager)

    def test_a_batch_costs_the_same_queries(self):
        """R3.3.1: a batch costs the same queries."""
        records = self.document.create([{"name": str(number)} for number in range(12)])
        self.company._paper_tell(SALES, records[:2], "Warm", kind="warm")
        counts = []
        for batch in (records[:2], records[2:]):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.company._paper_tell(SALES, batch, "Do it", quietly=True)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 25, counts)

    def test_people_of_their_own_are_looked_up_once(self):
        """R3.3.1: records that each go to somebody else cost no more look-ups of absences, languages and to-dos."""
        records = self.document.create([{"name": str(number)} for number in range(4)])
        own = dict(zip(records.ids, (self.salesman, self.colleague, self.manager, self.salesman), strict=True))
        self.env.flush_all()
        self.env.invalidate_all()
        with self._reads_counted() as reads:
            told = self.company._paper_tell(lambda record: own[record.id], records, "Do it", quietly=True)
        self.assertEqual(told, self.salesman | self.colleague | self.manager)
        for table in ("paper_delegation", "mail_activity"):
            self.assertEqual(reads[table], 1, reads)

    @contextmanager
    def _reads_counted(self):
        """Count the queries that read, by the table that they start from."""
        reads, execute = Counter(), Cursor.execute

        def counted(cursor, query, *args, **kwargs):
            found = re.match(r'SELECT .*? FROM "(\w+)"', str(getattr(query, "code", query)), re.S)
            reads.update(found.groups() if found else ())
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", counted):
            yield reads

    def test_to_dos_of_before_end_as_well(self):
        """R3.3.1: to dos of before end as well."""
        self.document.activity_schedule("mail.mail_activity_data_todo", summary="Of before", user_id=self.manager.id)
        self.env["mail.activity"]._paper_name_kinds()
        self.assertEqual(self._told().paper_kind, "draft")
        self.document._take_step("asked")
        self.assertFalse(self._told())

    def test_what_one_has_done_is_done_for_the_department(self):
        """R3.3.1: what one has done is done for the department."""
        self.company._paper_tell(SALES, self.document, "Call them", kind="call")
        self.company._paper_tell(MANAGEMENT, self.document, "Call them too", kind="call")
        mine = self._told("call").filtered(lambda activity: activity.user_id == self.salesman)
        mine.with_user(self.salesman).action_feedback("Called")
        self.assertEqual(self._told("call").user_id, self.manager)
