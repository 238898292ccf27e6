from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ...exceptions import InspectionClosedError, InspectionFigureError, InspectionStateError
from ...lib.limits import within

# The questions of a final inspection come from the test and the specification: an inspector answers them. Those of
# others are whoever's to ask who inspects.
ANSWER = {"new": (), "asking": (), "answering": ()}
QUESTION = {"new": (), "asking": ()}


class QcInspectionLine(models.Model):
    _name = "qc.inspection.line"
    _inherit = ["qc.inspection.line", "paper.step.mixin"]

    _step_field = "stage"
    _field_error = InspectionStateError
    _locked_error = InspectionStateError

    stage = fields.Selection(
        [("asking", "Questions Open"), ("answering", "Answers Open"), ("closed", "Confirmed")], compute="_compute_stage"
    )
    inspection_id = fields.Many2one(by_hand=QUESTION)
    name = fields.Char(by_hand=QUESTION)
    test_line = fields.Many2one(by_hand=QUESTION)
    possible_ql_values = fields.Many2many(by_hand=QUESTION)
    question_type = fields.Selection(by_hand=QUESTION)
    min_value = fields.Float(by_hand=QUESTION)
    max_value = fields.Float(by_hand=QUESTION)
    test_uom_id = fields.Many2one(by_hand=QUESTION)
    limit_id = fields.Many2one(
        "paper.spec.limit", string="Agreed Limit", index="btree_not_null", readonly=True, by_hand=QUESTION
    )
    paper_question = fields.Char(string="What Is Inspected", compute="_compute_paper_question")
    has_minimum = fields.Boolean(string="Has a Minimum", default=True, by_hand=QUESTION)
    has_maximum = fields.Boolean(string="Has a Maximum", default=True, by_hand=QUESTION)
    target = fields.Float(digits="Quality Control", by_hand=QUESTION)
    paper_unit = fields.Char(string="Unit", by_hand=QUESTION)
    paper_method = fields.Char(string="Method", by_hand=QUESTION)
    measured = fields.Boolean(help="A value was measured, be it zero.", by_hand=ANSWER)
    quantitative_value = fields.Float(string="Measured Value", by_hand=ANSWER)
    qualitative_value = fields.Many2one(string="Finding", by_hand=ANSWER)
    uom_id = fields.Many2one(by_hand=ANSWER)
    success = fields.Boolean(string="Right", by_steps=True)
    notes = fields.Text(string="Remark", by_hand=ANSWER)
    valid_values = fields.Char(string="Agreed", store=False, compute="_compute_valid_values")

    # Hundreds of thousands of reels with a dozen lines each: every form reads those of its own inspection.
    _of_inspection = models.Index("(inspection_id)")

    @api.depends("inspection_id.state", "inspection_id.kind")
    def _compute_stage(self):
        for line in self:
            inspection = line.inspection_id
            closed = inspection and inspection._is_closed()
            line.stage = "closed" if closed else "answering" if inspection.kind == "final" else "asking"

    @api.depends("name", "test_line.name", "limit_id.name")
    @api.depends_context("lang")
    def _compute_paper_question(self):
        """What is asked, in the reader's language, whoever made the inspection."""
        for line in self:
            line.paper_question = line.test_line.name or line.limit_id.name or line.name

    @api.depends("measured", "has_minimum", "has_maximum", "paper_interval", "paper_judged", "reading_ids.value")
    def _compute_quality_test_check(self):
        for line in self:
            if line.question_type == "qualitative":
                line.success = line.qualitative_value.ok
            else:
                line.success = line._is_within_limits()

    def _is_within_limits(self):
        """Say whether the measured value keeps to the limits; what has no limit is right once it is recorded."""
        self.ensure_one()
        if not self.measured:
            return False
        values = self._judged_values()
        if self.uom_id != self.test_uom_id:
            if not self.uom_id or not self.test_uom_id or not self.uom_id._has_common_reference(self.test_uom_id):
                return False
            values = [self.uom_id._compute_quantity(value, self.test_uom_id, round=False) for value in values]
        low, high = self.min_value if self.has_minimum else None, self.max_value if self.has_maximum else None
        return all(within(value, low, high) for value in values)

    @api.depends("has_minimum", "has_maximum", "target", "paper_unit")
    @api.depends_context("lang")
    def _compute_valid_values(self):
        for line in self:
            if line.question_type == "qualitative":
                line.valid_values = ", ".join(line.possible_ql_values.filtered("ok").mapped("name"))
            else:
                line.valid_values = line._limits_text()

    def _limits_text(self):
        """Return the limits as they are read out on the shop floor."""
        self.ensure_one()
        low, high, target = (formatLang(self.env, x).rstrip("0").rstrip(".") for x in self._limit_figures())
        unit = self.paper_unit or self.test_uom_id.name or ""
        if self.has_minimum and self.has_maximum:
            text = f"{low} ~ {high} {unit}"
        elif self.has_minimum or self.has_maximum:
            text = f"≥ {low} {unit}" if self.has_minimum else f"≤ {high} {unit}"
        elif self.target:
            text = self.env._("%(target)s %(unit)s, to be recorded", target=target, unit=unit)
        else:
            text = self.env._("to be recorded")
        return text.strip()

    def _limit_figures(self):
        return self.min_value, self.max_value, self.target

    def _is_answered(self):
        self.ensure_one()
        return bool(self.qualitative_value) if self.question_type == "qualitative" else self.measured

    def _check_possible(self):
        """Refuse figures that no paper has: nothing of it weighs or measures zero or less, whether limits are agreed or not.

        :raises InspectionFigureError: naming the questions
        """
        wrong = self.filtered(lambda line: line._is_of_paper() and not line.has_minimum and line.quantitative_value <= 0)
        if wrong:
            raise InspectionFigureError(
                self.env._(
                    "%(name)s: no paper measures 0 or less: %(questions)s. Enter what was measured.",
                    name=wrong[0].inspection_id.name,
                    questions=", ".join(wrong.mapped("paper_question")),
                )
            )

    def _is_of_paper(self):
        """Say whether the question asks for a figure of the paper itself, which is always above zero."""
        self.ensure_one()
        if self.question_type == "qualitative":
            return False
        limit = self.limit_id
        return bool(self.target > 0 or self.test_line.paper_property or (limit and limit._paper_property()))

    @api.onchange("quantitative_value")
    def _onchange_quantitative_value(self):
        self.measured = self.measured or bool(self.quantitative_value)

    # What may be changed by whom

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create([self._measured_vals(vals) for vals in vals_list])
        if not self._is_step():
            lines._check_own_questions()
        return lines

    def write(self, vals):
        answer = vals.get("qualitative_value")
        if answer and any(answer not in line.possible_ql_values.ids for line in self):
            raise InspectionStateError(self.env._("This answer belongs to another question."))
        if "quantitative_value" in vals and not self._is_step() and self.reading_ids:
            raise InspectionStateError(self.env._("The value is the mean of the readings: change those."))
        return super().write(self._measured_vals(vals))

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_confirmed(self):
        if not self._is_step():
            self._check_own_questions()

    def _refuse_hand(self, names):
        if self[:1].stage == "closed":
            self._check_open()
        return super()._refuse_hand(names)

    def _refused_hand_message(self, names):
        if not self._by_hand(names[0]):
            return self.env._("Whether an answer is right follows from the limits.")
        return self._own_questions_message()

    @api.model
    def _measured_vals(self, vals):
        """A value that is given was measured, even if it is zero."""
        if "quantitative_value" in vals and "measured" not in vals:
            return {**vals, "measured": vals["quantitative_value"] is not False}
        return vals

    def _check_open(self):
        closed = self.inspection_id.filtered(lambda inspection: inspection._is_closed())
        if closed:
            raise InspectionClosedError(
                self.env._("The inspection %(name)s is confirmed: its answers stay.", name=closed[0].name)
            )

    def _check_own_questions(self):
        self._check_open()
        if self.filtered(lambda line: line.stage == "answering"):
            raise InspectionStateError(self._own_questions_message())

    def _own_questions_message(self):
        return self.env._("The questions of a final inspection follow from the test and the specification.")

    def _result_text(self):
        """Return the question, what was found and what was agreed."""
        self.ensure_one()
        found = (
            self.qualitative_value.name
            if self.question_type == "qualitative"
            else f"{formatLang(self.env, self.quantitative_value)} {self.paper_unit or self.uom_id.name or ''}".strip()
        )
        return self.env._(
            "%(question)s: %(found)s (agreed: %(limits)s)", question=self.paper_question, found=found, limits=self.valid_values
        )

    def _prepare_again(self):
        """Return the values of the same question, without its answer."""
        self.ensure_one()
        values = self.copy_data({"inspection_id": False})[0]
        own = ("inspection_id", "quantitative_value", "qualitative_value", "measured", "success", "product_id", "reading_ids")
        for name in own:
            values.pop(name, None)
        return values
