import doctest

from odoo.tests import BaseCase, tagged

from ...lib import zh_numbers


@tagged("post_install", "-at_install")
class TestChineseNumbers(BaseCase):
    def test_doctests(self):
        """R4.1.1: article numbers and amounts are written as a Chinese contract writes them."""
        result = doctest.testmod(zh_numbers)
        self.assertGreater(result.attempted, 5)
        self.assertEqual(result.failed, 0)

    def test_limits(self):
        """R4.1.1: numbers that cannot be written are refused."""
        for number in (0, 100):
            with self.assertRaises(ValueError):
                zh_numbers.ordinal(number)
        with self.assertRaises(ValueError):
            zh_numbers.amount(10**16)
