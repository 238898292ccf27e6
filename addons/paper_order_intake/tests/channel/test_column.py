from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import IntakeCommon


@tagged("post_install", "-at_install")
class TestColumn(IntakeCommon):
    def test_heading_stands_for_one_figure(self):
        """R3.1.1: a heading has one meaning in a channel, and a figure no unit that is none of it."""
        with self.assertRaises(ValidationError):
            self.channel.column_ids = [(0, 0, {"heading": "W", "field": "width_mm", "unit": "kg"})]
        with self.assertRaises(ValidationError):
            self.channel.column_ids = [
                (0, 0, {"heading": heading, "field": "width_mm"}) for heading in ("Ｗ idth", "width")
            ]
