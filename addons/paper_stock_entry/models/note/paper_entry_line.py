from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ...exceptions import EntryNoteError, EntryRightError

_lt = LazyTranslate(__name__)

WAREHOUSE = ("paper_base.group_warehouse",)
VERDICTS = [
    ("ok", "As Declared"),
    ("missing", "Missing"),
    ("unknown", "Unknown"),
    ("other", "Of Another Order"),
    ("held", "Not for Sale"),
    ("spec", "Another Specification"),
    ("unweighed", "Not Weighed"),
    ("weight", "Another Weight"),
]
STOPPED = ("held", "rework", "downgrade", "cull", "broke")


class PaperEntryLine(models.Model):
    """A roll of an entry note: declared by the workshop, scanned by the warehouse, or both; what differs is settled by hand."""

    _name = "paper.entry.line"
    _description = "Roll of an Entry Note"
    _inherit = ["paper.guarded.mixin"]
    _order = "note_id, code, id"
    _rec_name = "code"
    _all_by_steps = True
    _evidence_states = ()
    _step_field = "note_state"
    _field_error = EntryNoteError
    _locked_error = EntryNoteError
    _reason_steps = {
        "action_settle": ReasonStep(
            _lt("Settle the Difference"), hint=_lt("What was found: left on the floor, put back, label corrected by quality.")
        )
    }

    note_id = fields.Many2one("paper.entry.note", required=True, index=True, ondelete="cascade")
    note_state = fields.Selection(related="note_id.state", string="Status of the Note")
    company_id = fields.Many2one(related="note_id.company_id", store=True, index=True)
    code = fields.Char(string="Roll No.", required=True)
    lot_id = fields.Many2one("stock.lot", string="Roll", index="btree_not_null", ondelete="restrict")
    expected = fields.Boolean(string="Declared")
    scanned = fields.Boolean()
    declared_kg = fields.Float(string="Label (kg)", digits=(16, 3))
    weighed_kg = fields.Float(string="Warehouse Scale (kg)", digits=(16, 3))
    verdict = fields.Selection(VERDICTS, compute="_compute_verdict", store=True)
    settled = fields.Char(string="Settled", help="How the difference was settled, and why.")
    settled_by_id = fields.Many2one("res.users", string="Settled by")
    location_id = fields.Many2one("stock.location", string="Place", check_company=True, by_hand={"counting": WAREHOUSE})

    can_settle = fields.Boolean(compute="_compute_can_settle")

    _code_once = models.UniqueIndex("(note_id, code)", "This roll stands on the note already.")

    @api.depends("verdict", "settled", "note_id.state")
    @api.depends_context("uid")
    def _compute_can_settle(self):
        may = self._is_one_of(WAREHOUSE)
        for line in self:
            line.can_settle = may and line._is_open() and not line.settled

    def _is_open(self):
        """Say whether something differs that can still be settled."""
        return self.note_id.state == "counting" and self.verdict != "ok"

    @api.depends(
        "expected",
        "scanned",
        "weighed_kg",
        "lot_id.paper_net_kg",
        "lot_id.paper_disposition",
        "lot_id.paper_spec_id",
        "note_id.production_id.paper_spec_id",
    )
    def _compute_verdict(self):
        for line in self:
            line.verdict = line._judge()

    def _judge(self):
        lot, note = self.lot_id, self.note_id
        if not self.scanned:
            return "missing"
        if not lot:
            return "unknown"
        if not self.expected:
            return "other"
        if lot.paper_disposition in STOPPED:
            return "held"
        if lot.paper_spec_id != note.production_id.paper_spec_id:
            return "spec"
        if lot.paper_kind and lot.paper_net_kg <= 0:
            return "unweighed"
        reach = lot.paper_net_kg * note.company_id.paper_entry_tolerance / 100
        if self.weighed_kg and abs(self.weighed_kg - lot.paper_net_kg) > reach + 1e-6:
            return "weight"
        return "ok"

    def _sentence(self):
        """Return what differs, naming the roll."""
        _ = self.env._
        texts = {
            "missing": _("%(roll)s was declared and not scanned."),
            "unknown": _("%(roll)s is no roll of the mill."),
            "other": _("%(roll)s is not of this order."),
            "held": _("%(roll)s is not for sale: the quality department has stopped it."),
            "spec": _("%(roll)s has another specification than the order."),
            "unweighed": _("%(roll)s was not weighed."),
            "weight": _("%(roll)s weighs %(weighed)s kg, its label says %(label)s kg."),
        }
        values = {"roll": self.code, "weighed": f"{self.weighed_kg:.10g}", "label": f"{self.lot_id.paper_net_kg:.10g}"}
        return texts[self.verdict] % values

    def _enters(self):
        """Say whether the roll enters stock with the note: scanned, and nothing against it."""
        return self.verdict == "ok"

    def action_settle(self, reason=None):
        """Settle a difference with a word of how: what is missing stays on the floor, what is wrong is put back (R6.1.2)."""
        if not self._is_one_of(WAREHOUSE):
            raise EntryRightError(self.env._("The warehouse settles what differs."))
        for line in self:
            if not line._is_open():
                raise EntryNoteError(self.env._("%(roll)s: there is nothing to settle.", roll=line.code))
        if not said(reason):
            return self.env["paper.reason.wizard"]._ask(self, "action_settle")
        # sudo: the step was checked
        self.sudo()._by_step().write({"settled": said(reason), "settled_by_id": self.env.uid})
        return True
