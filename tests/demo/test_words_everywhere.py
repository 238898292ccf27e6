"""A reason says something: every step that a dialog asks the reason of."""

from odoo.addons.paper_base.exceptions import ReasonError
from odoo.tests import TransactionCase, tagged

# What looks like a reason to a program and is none to a person.
NOTHING = ("", " ", ".", "…", "—", "\u200b", "\u3164", "\ufeff\u2060\u00ad", "\u2800")


@tagged("post_install", "-at_install")
class TestWordsEverywhere(TransactionCase):
    def _asked(self):
        """Return [(model, method, step)] of all that a reason is asked of."""
        wizard = self.env["paper.reason.wizard"]
        return [(name, method, step) for name in sorted(self.env) for method, step in wizard._steps_of(name).items()]

    def test_no_step_is_taken_for_nothing(self):
        """R4.1.2, R5.1.2, R7.1.2: neither the dialog nor the step itself takes a full stop or invisible characters for a
        reason."""
        asked, tried = self._asked(), 0
        self.assertGreater(len(asked), 7)
        for name, method, step in asked:
            # sudo: a record of the demo mill, whoever may read it
            record = self.env[name].sudo().search([], limit=1)
            if not record:
                continue
            dialog = self.env["paper.reason.wizard"].sudo()._by_step()
            arguments = dict.fromkeys(step.arguments, "none")
            for text in NOTHING:
                tried += 1
                asking = dialog.create({"res_model": name, "res_ids": record.ids, "method": method, "arguments": arguments})
                asking.reason = text
                with self.subTest(model=name, method=method, text=ascii(text)), self.assertRaises(ReasonError):
                    asking.action_apply()
        print(f"counted: reasons: {len(asked)} steps, {tried} reasons that say nothing refused")
        self.assertGreater(tried, 40)
