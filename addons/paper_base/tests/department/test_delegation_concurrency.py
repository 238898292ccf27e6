from contextlib import contextmanager

import psycopg2.errors
from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ...exceptions import DelegationLoopError

NAMES = ("absence_race_a", "absence_race_b", "absence_race_c", "absence_race_d")
# Long ahead: what has not begun may be deleted.
DAYS = {"date_from": "2199-03-02", "date_to": "2199-03-06"}


@tagged("post_install", "-at_install")
class TestDelegationConcurrency(BaseCase):
    """Two people who enter their absences at the same moment, on two connections that really commit.

    What the test commits, it takes away again.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self._clean_up)
        with self._connection() as env:
            group = env.ref("paper_base.group_sales")
            users = env["res.users"].with_context(no_reset_password=True).create(
                [{"name": name, "login": name, "group_ids": [Command.set(group.ids)]} for name in NAMES]
            )
            self.users = users.ids

    @contextmanager
    def _connection(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})

    def _clean_up(self):
        with self._connection() as env:
            users = env["res.users"].search([("login", "in", NAMES)])
            for absence in env["paper.delegation"].search([("user_id", "in", users.ids)]):
                absence.with_user(absence.user_id).unlink()
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    def _away(self, env, user, stand_in):
        people = self.users[user], self.users[stand_in]
        own = env["paper.delegation"].with_user(people[0])
        return own.create({"user_id": people[0], "stand_in_id": people[1], **DAYS})

    def _race(self, first, second):
        with self._connection() as early, self._connection() as late:
            late["paper.delegation"].search_count([])  # from here on, what others commit is not seen
            self._away(early, *first)
            early.cr.commit()
            with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.SerializationFailure):
                self._away(late, *second)
            late.cr.rollback()
            # The server tries it again.
            with self.assertRaises(DelegationLoopError):
                self._away(late, *second)
            late.cr.rollback()

    def test_each_stands_in_for_the_other(self):
        """R3.3.1: of two people who name each other as stand-in at the same moment, the second is refused."""
        self._race((0, 1), (1, 0))

    def test_a_loop_that_two_close_who_share_nobody(self):
        """R3.3.1: of two absences that close a longer loop at the same moment, the second is refused."""
        with self._connection() as env:
            self._away(env, 1, 2)
            self._away(env, 3, 0)
        self._race((0, 1), (2, 3))
