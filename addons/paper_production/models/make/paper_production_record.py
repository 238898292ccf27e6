from odoo import SUPERUSER_ID, api, fields, models

from ...exceptions import RecordFactsError, RecordLockedError
from ..plan.paper_production_plan import SUPERVISOR

# What must be true of a record that people write: see _check_facts.
FACTS = {"workorder_id", "operator_id", "date", "produced_kg", "material_kg"}
# Whoever works writes it down until the order is done, then the supervisor corrects it.
RECORDED = {"new": (), "done": (SUPERVISOR,), "any": ()}


class PaperProductionRecord(models.Model):
    """What an operator writes down of one work order: who, which shift, how much paper, material and broke
    (R5.3.1). Made when the work order is finished, or before by hand; stays as it is once the manufacturing
    order is done, except for the supervisor's corrections.
    """

    _name = "paper.production.record"
    _description = "Production Record"
    _inherit = ["mail.thread", "paper.step.mixin"]
    _order = "date desc, id desc"
    _rec_name = "workorder_id"
    _check_company_auto = True

    _step_field = "production_state"
    _evidence_states = ("done", "cancel")
    _evidence_error = RecordLockedError
    _locked_error = RecordLockedError

    workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Work Order",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        by_hand=RECORDED,
    )
    production_state = fields.Selection(related="production_id.state", string="Status of the Order", help="")
    production_id = fields.Many2one(related="workorder_id.production_id", store=True, index=True)
    workcenter_id = fields.Many2one(related="workorder_id.workcenter_id", store=True, index=True)
    product_id = fields.Many2one(related="production_id.product_id")
    paper_spec_id = fields.Many2one(related="production_id.paper_spec_id")
    company_id = fields.Many2one(related="workorder_id.company_id", store=True, index=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now, index=True, by_hand=RECORDED)
    operator_id = fields.Many2one(
        "res.users",
        string="Operator",
        required=True,
        default=lambda self: self.env.user,
        tracking=True,
        index=True,
        by_hand=RECORDED,
    )
    shift = fields.Selection([("early", "Early"), ("late", "Late"), ("night", "Night")], tracking=True, by_hand=RECORDED)
    produced_kg = fields.Float(string="Made (kg)", digits=(16, 3), tracking=True, by_hand=RECORDED)
    material_kg = fields.Float(string="Material Used (kg)", digits=(16, 3), tracking=True, by_hand=RECORDED)
    broke_kg = fields.Float(string="Broke (kg)", digits=(16, 3), tracking=True, by_hand=RECORDED)
    note = fields.Text(by_hand=RECORDED)
    is_automatic = fields.Boolean(string="Written by the Work Order", by_steps=True)

    _weights_positive = models.Constraint(
        "CHECK(produced_kg >= 0 AND material_kg >= 0 AND broke_kg >= 0)", "A weight cannot be negative."
    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if not self._is_step():
            records._check_unlocked()
            records._check_operator()
            records._check_facts()
        return records

    def write(self, vals):
        operators = {record: record.operator_id for record in self}
        result = super().write(vals)
        if not self._is_step():
            if "workorder_id" in vals:
                # Nor is a record handed to the work of an order that is done.
                self._check_unlocked()
            self.filtered(lambda rec: rec.operator_id != operators[rec])._check_operator()
            if FACTS & vals.keys():
                self._check_facts()
        return result

    def _check_unlocked(self):
        for record in self:
            if not record._is_hand_allowed("workorder_id", record):
                record._refuse_hand(["workorder_id"])

    # What cannot be is not written down (R5.3.1)

    def _check_operator(self):
        """Refuse a record in another's name, but by the supervisor, who enters it for somebody of the mill.

        :raises RecordFactsError: naming the person
        """
        for record in self:
            operator = record.operator_id
            # sudo: what another person may do is asked
            works = operator.active and operator.sudo()._is_internal() and operator.id != SUPERUSER_ID
            if operator != self.env.user and not (works and self._is_one_of((SUPERVISOR,))):
                raise RecordFactsError(
                    self.env._(
                        "Everybody records the own work: only the production supervisor enters it for %(person)s.",
                        person=operator.display_name,
                    )
                )

    def _check_facts(self):
        """Refuse a day to come, and more than the work order made or used.

        :raises RecordFactsError: naming the work order
        """
        # sudo: all records of the work order count, whoever wrote them
        for work, records in self.sudo().grouped("workorder_id").items():
            if any(record.date > fields.Datetime.now() for record in records):
                raise RecordFactsError(self.env._("%(work)s: what is to come is not recorded yet.", work=work.display_name))
            slack = work.production_id._paper_kg(work.product_uom_id.rounding) or 0.001
            made = work.production_id._paper_kg(max(work.qty_produced, work.qty_producing))
            used = work._paper_material_kg()
            every = work.paper_record_ids
            for name, limit in (("produced_kg", made), ("material_kg", used)):
                told = sum(every.mapped(name))
                if told > limit + slack:
                    raise RecordFactsError(
                        self.env._(
                            "%(work)s: %(told)s kg are recorded as “%(field)s”, but the work order has %(limit)s kg.",
                            work=work.display_name,
                            told=f"{told:.10g}",
                            field=self._fields[name]._description_string(self.env),
                            limit=f"{limit:.10g}",
                        )
                    )

    def _tell_what_was_used(self):
        """Let the records that work orders wrote tell what was taken from stock in the end."""
        for work, records in self.grouped("workorder_id").items():
            written = records.filtered("is_automatic")[:1]
            by_hand = sum((records - written).mapped("material_kg"))
            if written:
                written._by_step().write({"material_kg": max(work._paper_material_kg() - by_hand, 0.0)})

    def _refused_hand_message(self, names):
        return self.env._(
            "%(order)s is done: only the supervisor corrects its records.", order=self[:1].production_id.name
        )
