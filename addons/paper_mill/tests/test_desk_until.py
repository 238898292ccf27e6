from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestDeskUntil(TransactionCase):
    """Every kind of work on the desk says until when (R4.2.2)."""

    def test_each_kind_has_a_day(self):
        """R4.2.2: no kind of work is without the day by which it is due, and that day is found in the database."""
        for task in self.env["paper.desk"]._paper_tasks():
            self.assertTrue(task.deadline, task.code)
            model, (*way, name) = self.env[task.model], task.deadline.split(".")
            for step in way:
                model = self.env[model._fields[step].comodel_name]
            self.assertTrue(model._fields[name].store, task.code)

    def test_the_whole_desk_is_asked(self):
        """R4.2.2: the question for the work of the whole mill is one that the database understands, days on other tables too."""
        desk = self.env["paper.desk"]
        asked = [(task, desk._waiting_domain(task, "all", self.env["res.users"])) for task in desk._paper_tasks()]
        counts, waiting = desk._waiting(asked)
        self.assertLessEqual(len(counts), len(asked))
        self.assertGreaterEqual(sum(count for _task, count, _late in counts), len(waiting))
