from odoo import api, fields, models

from ...exceptions import EntryNoteError
from .passage import KEY, EntryPassage

HANDING = ("paper_base.group_warehouse", "paper_base.group_workshop", "paper_base.group_supervisor")


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    paper_note_ids = fields.One2many("paper.entry.note", "production_id", string="Entry Notes")
    paper_note_count = fields.Integer(string="Number of Entry Notes", compute="_compute_paper_note_count", compute_sudo=True)

    can_note_entry = fields.Boolean(compute="_compute_can_note_entry")

    @api.depends("state", "is_paper")
    @api.depends_context("uid")
    def _compute_can_note_entry(self):
        may = any(self.env.user.has_group(group) for group in HANDING)
        for production in self:
            production.can_note_entry = may and production._may_be_noted()

    def _may_be_noted(self):
        """Say whether the order is in work, so that what it made can be handed over."""
        self.ensure_one()
        return self.is_paper and self.state in ("confirmed", "progress", "to_close")

    def _compute_paper_note_count(self):
        counts = dict(
            self.env["paper.entry.note"]._read_group([("production_id", "in", self.ids)], ["production_id"], ["__count"])
        )
        for production in self:
            production.paper_note_count = counts.get(production, 0)

    def action_paper_entry_note(self):
        """Open the entry note of what the order has made, and make it where there is none (R6.1.2)."""
        self.ensure_one()
        note = self.paper_note_ids.filtered(lambda rec: rec.state == "counting")[:1]
        note = note or self.env["paper.entry.note"].create({"production_id": self.id})
        return note._get_records_action(name=self.env._("Entry Note"))

    def _enters_by_note(self):
        """Say whether what the order makes enters stock by a note only; a jumbo reel goes to the winder, not to the warehouse."""
        self.ensure_one()
        # sudo: the rule is the same whatever the user may read
        production = self.sudo()
        if not production.is_paper or ("paper_kind" in self._fields and production.paper_kind == "run"):
            return False
        noted = production.paper_note_ids.filtered(lambda note: note.state != "cancelled")
        return production.company_id.paper_entry_by_note or bool(noted)

    def _check_entry_by_note(self):
        """Refuse that paper enters stock otherwise than by the warehouse's note (R6.1.2).

        :raises EntryNoteError: naming each order
        """
        if isinstance(self.env.context.get(KEY), EntryPassage):
            return
        waiting = self.filtered(lambda rec: rec._enters_by_note())
        if waiting:
            raise EntryNoteError(
                self.env._(
                    "%(orders)s: paper enters stock by the warehouse's entry note: it scans the rolls and enters them.",
                    orders=", ".join(waiting.mapped("name")),
                ),
                action=self.env["paper.way.out"]._lead_to(waiting.sudo().paper_note_ids),  # sudo: offered to who may open them
            )

    def _button_mark_done_sanity_checks(self):
        self._check_entry_by_note()
        return super()._button_mark_done_sanity_checks()
