import importlib.util

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools.misc import file_path

from ..common import CompletenessCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestCompletionSteps(CompletenessCommon):
    """Nobody enters by hand what only a step brings about."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        cls.finance = cls._create_user("t_finance", "paper_base.group_finance")
        cls.legal = cls._create_user("t_legal", "paper_base.group_legal")
        cls.order = cls._create_complete_order()
        cls.everybody = cls.seller | cls.credit | cls.manager | cls.finance | cls.legal | cls.admin

    def test_what_only_the_program_makes(self):
        """R3.2.1: completions and their questions are not made by hand, in sudo either."""
        made = {
            "paper.completion.request": {"order_id": self.order.id, "company_id": self.env.company.id, "state": "done"},
            "paper.completion.line": {"fact": "width", "target": "x", "question": "?", "state": "answered"},
        }
        for model, values in made.items():
            for user in self.everybody:
                for records in (self.env[model].with_user(user), self.env[model].with_user(user).sudo()):
                    with self.subTest(model=model, user=user.login), self.assertRaises(UserError):
                        records.create(values)

    def test_code_of_a_fact(self):
        """R3.2.1: the names of the regulation's facts are not given by defaults, nor in sudo."""
        facts = self.env["paper.required.fact"].with_context(default_code="product")
        fact = facts.create({"target": "paper.spec,finish", "format": "reel"})
        self.assertFalse(fact.code or fact.is_floor)
        with self.assertRaises(UserError):
            fact.sudo().write({"code": "product"})

    def test_links_that_were_sent_go_on(self):
        """R3.2.1: after the upgrade a link that a customer has opens his questions, a revoked one does not."""
        order = self._create_complete_order(commitment_date=False)
        order.with_user(self.seller).action_ask_customer()
        completion = order.paper_completion_ids
        completion._links().unlink()
        cr = self.env.cr
        cr.execute(
            """CREATE TABLE paper_completion_token (
                   id serial, request_id int, token_hash varchar, expires_on timestamp, revoked_on timestamp,
                   create_uid int, create_date timestamp, write_uid int, write_date timestamp)"""
        )
        for token, revoked in (("sent", None), ("old", "2026-06-01")):
            digest = self.env["paper.link"]._hash(token)
            cr.execute(
                "INSERT INTO paper_completion_token (request_id, token_hash, expires_on, revoked_on) VALUES (%s, %s, %s, %s)",
                [completion.id, digest, "2026-07-01", revoked],
            )
        path = file_path("paper_order_intake/migrations/19.0.1.2.3/post-links-and-todos.py")
        spec = importlib.util.spec_from_file_location("links_upgrade", path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        for _run in range(2):
            script.migrate(cr, "19.0.1.2.2")
        self.env.invalidate_all()
        find = self.env["paper.completion.request"]._find_by_link
        self.assertEqual((find("sent"), find("old")), ((completion, False), (completion, True)))
        for wrong in ("", "x\0", "\ud800", "%E4", "链接", 7, None, ["sent"], {"sent": 1}, b"sent", "s" * 100000):
            self.assertFalse(find(wrong)[0])
