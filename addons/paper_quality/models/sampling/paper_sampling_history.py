from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ...exceptions import InspectionRightError, SamplingError
from ...lib.sampling import History, next_history

_lt = LazyTranslate(__name__)
QUALITY = ("paper_base.group_quality",)


class PaperSamplingHistory(models.Model):
    """How strictly the lots of one source are inspected: a supplier's material, or what a machine makes of a grade. It follows
    from the lots by the switching rules; what was stopped the quality department takes up again, with a reason.
    """

    _name = "paper.sampling.history"
    _description = "Severity of Inspection"
    _inherit = ["paper.step.mixin", "mail.thread"]
    _order = "scheme_id, partner_id, workcenter_id, id"
    _all_by_steps = True
    _step_field = "severity"
    _steps = {"stopped": {"tightened": QUALITY}}
    _reason_steps = {"action_resume": ReasonStep(_lt("Take up Inspection Again"), hint=_lt("What the source has mended."))}
    _state_error = SamplingError
    _right_error = InspectionRightError
    _field_error = SamplingError
    _step_verbs = {"resume": "tightened"}

    scheme_id = fields.Many2one("paper.sampling.scheme", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)
    partner_id = fields.Many2one("res.partner", string="Supplier", index="btree_not_null")
    workcenter_id = fields.Many2one("mrp.workcenter", string="Machine", index="btree_not_null")
    grade_id = fields.Many2one("paper.grade", string="Grade", index="btree_not_null")
    product_id = fields.Many2one("product.product", string="Material", index="btree_not_null")
    severity = fields.Selection(
        [("normal", "Normal"), ("tightened", "Tightened"), ("reduced", "Reduced"), ("stopped", "Stopped")],
        required=True,
        default="normal",
        tracking=True,
    )
    score = fields.Integer(string="Switching Score")
    recent = fields.Char(help="The last lots, + accepted, − refused.")
    rejected = fields.Integer(string="Refused on Tightened Inspection")
    lots = fields.Integer(string="Lots so far")
    can_resume = fields.Boolean(compute="_compute_can_steps")

    _one_each = models.UniqueIndex(
        "(scheme_id, COALESCE(partner_id, 0), COALESCE(workcenter_id, 0), COALESCE(grade_id, 0), COALESCE(product_id, 0))",
        "This source has its history already.",
    )

    @api.depends("scheme_id", "partner_id", "workcenter_id", "grade_id", "product_id")
    def _compute_display_name(self):
        for history in self:
            parts = (history.partner_id or history.workcenter_id, history.grade_id or history.product_id)
            history.display_name = " · ".join(part.display_name for part in parts if part) or history.scheme_id.name or ""

    @api.model
    def _of_source(self, scheme, source):
        """Return the history of a source, made where there is none.

        :param source: ``{"partner_id", "workcenter_id", "grade_id", "product_id"}`` with ids or False
        """
        # sudo: it follows from inspections, whoever makes them
        histories = self.sudo()
        domain = [("scheme_id", "=", scheme.id), *((name, "=", value or False) for name, value in source.items())]
        found = histories.search(domain, limit=1)
        return found or histories._by_step().create({"scheme_id": scheme.id, **source})

    def _note_lot(self, accepted, ac, stricter, gap):
        """Take one more lot at first submission into account, see :func:`~lib.sampling.next_history`."""
        self.ensure_one()
        # Two lots at once: the second waits here.
        self.env.cr.execute("SELECT id FROM paper_sampling_history WHERE id = %s FOR UPDATE", [self.id])
        self.invalidate_recordset()
        before = History(self.severity, self.score, tuple(sign == "+" for sign in self.recent or ""), self.rejected)
        after = next_history(before, accepted, ac, stricter, gap, self.scheme_id.is_steady)
        self._by_step().write(
            {
                "severity": after.severity,
                "score": after.score,
                "recent": "".join("+" if passed else "-" for passed in after.recent),
                "rejected": after.rejected,
                "lots": self.lots + 1,
            }
        )

    def action_resume(self, reason=None):
        """Take inspection up again, tightened, after it was stopped for too many refused lots; quality."""
        self._check_step("tightened")
        if not said(reason):
            return self._ask_reason("action_resume")
        result = self._take_step("tightened", score=0, recent="", rejected=0)
        for history in self.sudo():  # sudo: the step was checked, nobody writes the record itself
            history.message_post(body=said(reason))
        return result
