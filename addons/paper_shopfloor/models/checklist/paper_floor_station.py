from odoo import models

from ...exceptions import ChecklistError

SUPERVISOR = "paper_base.group_supervisor"


class PaperFloorStation(models.Model):
    """What a tablet reports of checklists."""

    _inherit = "paper.floor.station"

    def _follow_check(self, event, raw):
        # sudo: the tablet shows the lists of its machine
        lists = self.env["paper.checklist"].sudo().search([("workcenter_id", "=", self.workcenter_id.id)])
        checklist = lists.filtered(lambda own: own.id == raw.get("list"))
        answers = raw.get("answers")
        if not checklist or not isinstance(answers, dict):
            raise ChecklistError(self.env._("%(machine)s has no such checklist.", machine=self.workcenter_id.name))
        left = checklist.item_ids.filtered(lambda item: not isinstance(answers.get(str(item.id)), bool))
        if left:
            raise ChecklistError(
                self.env._("%(list)s: not answered yet: %(items)s", list=checklist.name, items=", ".join(left.mapped("name")))
            )
        wrong = checklist.item_ids.filtered(lambda item: not answers[str(item.id)])
        self.env["paper.checklist.report"].sudo()._by_step().create(  # sudo: the report makes it
            {
                "checklist_id": checklist.id,
                "event_id": event.id,
                "answers": {item.name: answers[str(item.id)] for item in checklist.item_ids},
                "wrong": ", ".join(wrong.mapped("name")),
            }
        )
        if wrong:
            words = self.env._(
                "%(machine)s, %(list)s: not in order: %(items)s",
                machine=self.workcenter_id.name,
                list=checklist.name,
                items=", ".join(wrong.mapped("name")),
            )
            self.company_id._paper_tell(SUPERVISOR, self, words[:200], kind=f"check {event.id}")
            return words
