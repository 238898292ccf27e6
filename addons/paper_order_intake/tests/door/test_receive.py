import hashlib
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import BACKWARDS, SHEET, SHORT, IntakeCommon

FIGURES = {"number": "A1", "width": 890, "length": 860, "weight": 2000, "basis_weight": 200}


@tagged("post_install", "-at_install")
class TestReceive(IntakeCommon):
    def _arrival(self, ref="M-1", **values):
        known = {"partner_id": self.customer.id, "product_id": self.paper.id, **FIGURES, **values}
        return {"external_ref": ref, "raw": "2 t of 890 × 860", "values": known}

    def test_stored_then_read(self):
        """R3.1.1: what arrives is stored as it came, with its hash and its handler, and becomes an order."""
        message = self.phone._receive([self._arrival()])
        self.assertEqual((message.state, message.pending), ("order", False))
        self.assertEqual(message.raw, "2 t of 890 × 860")
        self.assertEqual(message.payload_hash, hashlib.sha256("2 t of 890 × 860".encode()).hexdigest())
        self.assertEqual(message.order_id.user_id, message.handler_id)
        self.assertIn(message.handler_id, self.seller | self.colleague)

    def test_stored_only(self):
        """R3.1.2: what was stored and not read, as after a crash, waits, and the job makes the order of it."""
        message = self.phone._store_arrivals([self._arrival()])
        self.assertEqual((message.state, message.pending), ("received", True))
        self.assertFalse(message.order_id)
        self.env["paper.intake.message"]._cron_read()
        self.assertEqual(message.state, "order")
        order = message.order_id
        self.env["paper.intake.message"]._cron_read()
        self.assertEqual(message.order_id, order)

    def test_the_same_again(self):
        """R3.1.2: the same reference again, in one call or in two, is stored once and ordered once."""
        before = self.env["sale.order"].search_count([])
        first = self.phone._receive([self._arrival(), self._arrival(), self._arrival(" M-1 ")])
        again = self.phone._receive([self._arrival()])
        self.assertEqual(first, again)
        self.assertEqual(len(first), 1)
        self.assertEqual(self.env["sale.order"].search_count([]), before + 1)

    def test_the_same_by_another_channel(self):
        """R3.1.2: a reference identifies an arrival within its channel only."""
        other = self.channel._receive([self._arrival(number="B7")])
        self.assertNotEqual(self.phone._receive([self._arrival()]), other)

    def test_order_book_as_a_file(self):
        """R3.1.1: a file is kept as it came with its SHA-256, and each of its rows is an arrival of its own."""
        content = self._book(SHEET, BACKWARDS, SHORT)
        values = {"partner_id": self.customer.id, "product_id": self.paper.id}
        arrival = {"external_ref": "F", "payload": content, "file_name": "o.dat", "mimetype": "text/html", "values": values}
        message = self.channel._receive([arrival])
        self.assertEqual(message.state, "split")
        self.assertEqual(message.payload_id.raw, content)
        self.assertIn(hashlib.sha256(content).hexdigest(), message.payload_id.description)
        self.assertEqual(message.payload_id.mimetype, "text/plain")
        self.assertEqual(message.payload_id.res_id, message.id)
        self.assertEqual(message.child_ids.sorted("line_no").mapped("state"), ["order", "question", "rejected"])
        waiting = message.child_ids.filtered(lambda child: child.state != "order")
        self.assertEqual(waiting.activity_ids.user_id, self.seller)

    def test_file_that_is_no_order_book(self):
        """R3.1.2: a file that cannot be read waits for a person with the reason, and stays as it came."""
        message = self.channel._receive([{"external_ref": "F", "payload": b"hello", "file_name": "letter.dat"}])
        self.assertEqual(message.state, "rejected")
        self.assertIn("no header line", message.reason)
        self.assertEqual(message.raw, "hello")
        self.assertTrue(message.activity_ids)

    def test_one_that_breaks_the_reader_loses_no_other(self):
        """R3.1.2: an arrival at which the program fails waits for a person; those beside it become orders."""
        arrivals = [self._arrival("M-1"), self._arrival("M-2", number="A2"), self._arrival("M-3", number="A3")]
        find = type(self.env["paper.intake.message"])._find_problems

        def failing(messages):
            if "A2" in messages.mapped("number"):
                raise ZeroDivisionError("no such thing")
            return find(messages)

        with (
            patch.object(type(self.env["paper.intake.message"]), "_find_problems", failing),
            mute_logger("odoo.addons.paper_order_intake.models.read.paper_intake_message"),
        ):
            messages = self.phone._receive(arrivals)
        self.assertEqual(messages.mapped("state"), ["order", "rejected", "order"])
        self.assertIn("no such thing", messages[1].reason)
        self.assertEqual(messages[1].activity_ids.user_id, messages[1].handler_id)

    def test_one_that_kills_the_server_is_given_up(self):
        """R3.1.2: what never comes to an end is read alone, and after some attempts left to a person."""
        deadly, other = self.phone._store_arrivals([self._arrival("M-1"), self._arrival("M-2", number="A2")])
        deadly._by_step().write({"read_attempts": 5})
        with mute_logger("odoo.addons.paper_order_intake.models.read.paper_intake_message"):
            self.env["paper.intake.message"]._cron_read()
        self.assertEqual((deadly.state, other.state), ("rejected", "order"))
        self.assertIn("broke off", deadly.reason)

    def test_hostile_text(self):
        """R3.1.2: NUL, lone surrogates and endless references do not keep an arrival from being stored."""
        arrival = {"external_ref": "x\0" * 4000, "raw": "a\0b\ud800" * 10, "values": {}}
        message = self.phone._receive([arrival])
        self.assertEqual(self.phone._receive([arrival]), message)
        self.assertEqual(message.state, "received")
        self.assertIn("a\ufffdb\ufffd", message.raw)

    def test_without_a_handler(self):
        """R3.1.2: what comes from outside to a channel without handler goes to sales, never to the public user."""
        self.phone.write({"handler_id": False, "user_ids": [(5,)]})
        message = self.phone.with_user(self.env.ref("base.public_user")).sudo()._receive([self._arrival(weight=0)])
        self.assertTrue(message.handler_id.has_group("paper_base.group_sales"))
