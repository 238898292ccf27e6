import threading

import psycopg2
from odoo import SUPERUSER_ID, api
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

from ..common import ContractCommon


@tagged("post_install", "-at_install")
class TestOrderNumber(ContractCommon):
    def test_standard_number(self):
        """R4.2.2: the order is confirmed under the number that the company's sequence gave it."""
        order = self.build_order()
        name = order.name
        contract = self.build_contract(order, state="in_force")
        self.assertEqual((order.state, order.name), ("sale", name))
        self.assertFalse(order.paper_quotation_number)
        self.assertIn(name, contract.clause_ids.mapped("frozen_text")[0])

    def test_numbers_without_gaps(self):
        """R4.2.2: by the company's setting only confirmed orders are numbered, without gaps, each keeping its quotation's
        number too; a cancelled and again confirmed order keeps its number, and so do contracts' numbers follow each other."""
        self.company.paper_gapless_numbers = True
        orders = [self.build_order() for _number in range(5)]
        orders[1].action_cancel()
        quotations = [order.name for order in orders]
        contracts = [self.build_contract(orders[number], state="in_force") for number in (0, 2, 4)]
        numbers = [orders[number].name for number in (0, 2, 4)]
        self.assertEqual([int(name[-5:]) for name in numbers], [1, 2, 3])
        self.assertEqual([orders[number].paper_quotation_number for number in (0, 2, 4)], [quotations[n] for n in (0, 2, 4)])
        self.assertEqual((orders[1].name, orders[3].name), (quotations[1], quotations[3]))
        first = int(contracts[0].name[-5:])
        self.assertEqual([int(contract.name[-5:]) for contract in contracts], [first, first + 1, first + 2])
        self.assertFalse(any(contract._changed_terms() for contract in contracts))

    def test_a_number_is_given_once(self):
        """R4.2.2: an order that is cancelled and confirmed again keeps the number it was given."""
        self.company.paper_gapless_numbers = True
        contract = self.build_contract(state="in_force")
        order = contract.order_id
        name = order.name
        contract.with_user(self.manager).action_terminate("Agreed by letter.")
        order._action_cancel()
        order.action_draft()
        self.build_contract(order, state="in_force")
        self.assertEqual((order.state, order.name), ("sale", name))


@tagged("post_install", "-at_install")
class TestNumberConcurrency(BaseCase):
    """Two connections of their own, which really commit; what they make is removed."""

    def setUp(self):
        super().setUp()
        self.connection = db_connect(get_db_name())
        with self.connection.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            values = {"name": "c2", "code": "paper.test.gap", "implementation": "no_gap", "company_id": False}
            self.sequence_id = env["ir.sequence"].create(values).id
            cr.commit()  # pylint: disable=invalid-commit  # other connections are to see it
        self.addCleanup(self.remove)

    def remove(self):
        with self.connection.cursor() as cr:
            cr.execute("DELETE FROM ir_sequence WHERE code = 'paper.test.gap'")
            cr.commit()  # pylint: disable=invalid-commit  # other connections are to see it

    def env_of(self, cr):
        # Made by the test itself: while tests run, another thread may not ask for the registry.
        return api.Environment(cr, SUPERUSER_ID, {})

    def take(self, env):
        return env["ir.sequence"].browse(self.sequence_id)._next_in_turn()

    def in_turn(self, first_ends):
        """Let a first connection take a number, a second one ask for one meanwhile, and the first one end.

        :param first_ends: method of the cursor that ends the first transaction
        :return: the first one's number, and the second one's number or the error that it got
        """
        result = []

        def ask(env):
            try:
                result.append(self.take(env))
                env.cr.commit()
            except psycopg2.Error as error:
                result.append(error)
                env.cr.rollback()

        with self.connection.cursor() as first, self.connection.cursor() as second:
            waiting = self.env_of(second)
            second.execute("SELECT 1")  # its view of the database is from before the other one ends
            taken = self.take(self.env_of(first))
            thread = threading.Thread(target=ask, args=(waiting,))
            thread.start()
            thread.join(0.5)
            self.assertTrue(thread.is_alive(), "the second one waits for its turn")
            getattr(first, first_ends)()
            thread.join(20)
            self.assertFalse(thread.is_alive())
        return taken, result[0]

    def test_a_number_that_is_given_back(self):
        """R4.2.2: while a number without gaps is being taken, the next one waits; if the first transaction is rolled back, the
        second one gets that very number: no gap."""
        self.assertEqual(self.in_turn("rollback"), ("1", "1"))

    @mute_logger("odoo.sql_db")
    def test_a_number_that_is_taken(self):
        """R4.2.2: if the first one is committed, the second one is told to start again, as every request does by itself, and
        then gets the next number: no number twice, none left out."""
        taken, refused = self.in_turn("commit")
        self.assertEqual(taken, "1")
        self.assertIsInstance(refused, PG_CONCURRENCY_EXCEPTIONS_TO_RETRY)
        with self.connection.cursor() as again:
            self.assertEqual(self.take(self.env_of(again)), "2")
            again.commit()
