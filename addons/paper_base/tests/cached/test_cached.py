from unittest.mock import patch

from odoo.tests import tagged

from ..common import PaperCommon


@tagged("post_install", "-at_install")
class TestCached(PaperCommon):
    """What is kept of rows that seldom change is forgotten with each change of them."""

    def _forgets(self, act):
        with patch.object(type(self.env.registry), "clear_cache") as forgotten:
            result = act()
        self.assertTrue(forgotten.called)
        return result

    def test_every_change_is_known_at_once(self):
        """R3.3.1: what is read once of a calendar is read anew when a day of it is made, changed or deleted."""
        days = self.env["paper.calendar.day"]
        day = self._forgets(lambda: days.create({"date": "2030-05-01", "name": "Labour Day", "kind": "holiday"}))
        self._forgets(lambda: day.write({"name": "1 May"}))
        self._forgets(day.unlink)

    def test_only_what_is_kept(self):
        """R3.3.1: a model that names the fields that answers are kept of forgets nothing with its other ones."""
        day = self.env["paper.calendar.day"].create({"date": "2030-05-01", "name": "Labour Day", "kind": "holiday"})
        kind = type(day)
        with patch.object(kind, "_cached_fields", ("date",)), patch.object(kind, "_calendar_changed"):
            with patch.object(type(self.env.registry), "clear_cache") as forgotten:
                day.write({"name": "1 May"})
            self.assertFalse(forgotten.called)
            self._forgets(lambda: day.write({"date": "2030-05-02"}))
            self._forgets(day.unlink)
