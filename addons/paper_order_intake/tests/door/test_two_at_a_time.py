import threading
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import ConcurrencyError
from odoo.modules.registry import Registry
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

TABLES = ("mail_activity", "mail_message", "mail_followers")


class OwnConnections(BaseCase):
    """Two connections of their own, committed for real; what they leave is taken away again."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        commits = patch.object(self.registry["paper.intake.message"], "_commits", lambda message: True)
        self.startPatcher(commits)
        with self._connection() as env:
            self.channel_id = env["paper.intake.channel"].create({"name": "Two at a time", "kind": "phone"}).id
        self.addCleanup(self._clean_up)

    @contextmanager
    def _connection(self):
        with self.registry.cursor() as cursor:
            yield api.Environment(cursor, SUPERUSER_ID, {})

    def _clean_up(self):
        with self.registry.cursor() as cursor:
            cursor.execute("SELECT id FROM paper_intake_message WHERE channel_id = %s", [self.channel_id])
            ids = [message_id for (message_id,) in cursor.fetchall()]
            for table in TABLES:
                column = "model" if table == "mail_message" else "res_model"
                cursor.execute(f"DELETE FROM {table} WHERE {column} = 'paper.intake.message' AND res_id = ANY(%s)", [ids])
            cursor.execute("DELETE FROM paper_intake_message WHERE channel_id = %s", [self.channel_id])
            cursor.execute("DELETE FROM paper_intake_channel WHERE id = %s", [self.channel_id])

    def _count(self):
        with self._connection() as env:
            return env["paper.intake.message"].search_count([("channel_id", "=", self.channel_id)])


@tagged("post_install", "-at_install")
class TestTwoAtATime(OwnConnections):
    def test_the_same_arrival_twice_at_once(self):
        """R3.1.2: the same arrival on several connections at the same moment is stored once, and each is told which."""
        start, found, errors = threading.Barrier(4), [], []

        def deliver(env):
            try:
                channel = env["paper.intake.channel"].browse(self.channel_id)
                channel.read(["name"])  # so that what this transaction sees is older than what the others commit
                start.wait(30)
                for _try in range(10):
                    try:
                        found.append(channel._receive([{"external_ref": "M-1", "raw": "2 t"}]).ids)
                        return
                    except (ConcurrencyError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
                        env.cr.rollback()  # as the server does for a request
            except Exception as error:  # shown below: an exception of a thread is nobody's
                errors.append(error)

        with ExitStack() as stack, mute_logger("odoo.sql_db"):
            # Environments are made here: the test runner holds the lock of the registry.
            envs = [stack.enter_context(self._connection()) for _number in range(4)]
            threads = [threading.Thread(target=deliver, args=(env,)) for env in envs]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        self.assertFalse(errors)
        self.assertEqual(self._count(), 1)
        self.assertEqual(len(found), 4)
        self.assertEqual(len({tuple(ids) for ids in found}), 1)

    def test_two_workers_read_different_arrivals(self):
        """R3.1.2: what one worker is reading, another one leaves alone, before and after it is done."""
        with self._connection() as env:
            channel = env["paper.intake.channel"].browse(self.channel_id)
            channel._store_arrivals([{"external_ref": str(number), "raw": "2 t"} for number in range(3)])
        with self._connection() as first, self._connection() as second:
            taken = first["paper.intake.message"]._take_pending(limit=2)
            others = second["paper.intake.message"]._take_pending()
            self.assertFalse(set(taken.ids) & set(others.ids))
            self.assertTrue(others)
            taken._read_batch()
            first.cr.commit()
            second.cr.rollback()
            self.assertFalse(set(taken.ids) & set(second["paper.intake.message"]._take_pending().ids))
