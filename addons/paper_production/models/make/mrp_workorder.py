from odoo import api, fields, models

from ...exceptions import OperationOrderError

STARTED = ("progress", "done")


class MrpWorkorder(models.Model):
    _inherit = "mrp.workorder"

    paper_record_ids = fields.One2many("paper.production.record", "workorder_id", string="Production Records")
    scrap_count = fields.Integer(compute_sudo=True)  # its form tells how much to whoever reads it

    # What waits, runs or is done on a machine.
    _of_machine = models.Index("(workcenter_id, state)")

    paper_waits = fields.Boolean(
        string="Waits",
        compute="_compute_paper_waits",
        help="Its plan is not approved, or what comes before it is not finished.",
    )

    @api.depends("state", "production_id.paper_waits_for_plan", "blocked_by_workorder_ids.state")
    def _compute_paper_waits(self):
        for work in self:
            production = work.production_id
            # Work that has begun goes on.
            turn = production.is_paper and work.state not in STARTED and bool(work.sudo()._paper_waiting())  # sudo: the rule only
            work.paper_waits = production.paper_waits_for_plan or turn

    # The gate of the plan stands below the buttons; they ask it once for all that they do

    def button_start(self, raise_on_invalid_state=False):
        return super(MrpWorkorder, self._as_asked()).button_start(raise_on_invalid_state=raise_on_invalid_state)

    def button_finish(self):
        finishing = self.filtered(lambda rec: rec.state not in ("done", "cancel"))
        asked = finishing._as_asked(together=True)
        result = super(MrpWorkorder, self.with_env(asked.env)).button_finish()
        finishing.filtered(lambda rec: rec.production_id.is_paper)._make_records()
        return result

    def _as_asked(self, together=False):
        """Return the work orders for work, after asking whether it may be done.

        :param together: they are finished in one go, so that none waits for another one of them
        """
        live = self.filtered(lambda rec: rec.state not in ("done", "cancel"))
        productions = live.production_id._paper_open()
        productions._check_produce()
        if not together:
            live._check_means()
        live._check_in_turn(live if together else live.browse())
        return productions._as_released(self)

    @api.model_create_multi
    def create(self, vals_list):
        works = super().create(vals_list)
        works._check_agreed("added")
        return works

    def write(self, vals):
        works = self._check_agreed_write(vals)
        if vals.get("date_start") or vals.get("leave_id"):
            works.production_id._check_scheduled()
        return super(MrpWorkorder, works).write(vals)

    @api.constrains("state", "qty_produced")
    def _check_plan_approved(self):
        started = self.filtered(lambda rec: rec.state in STARTED or rec.qty_produced)
        started.production_id._paper_open()._check_produce()
        started.filtered(lambda rec: rec.production_id.state not in ("done", "cancel"))._check_in_turn(started)

    # One operation after the other (R5.3.1)

    def _check_in_turn(self, finishing):
        """Refuse to work before what comes before is finished, or after an in-process inspection that failed.

        Where the company lets operations overlap, or a machine hands over jumbo by jumbo, it is enough that what comes before
        has begun. Work that has begun goes on.

        :param finishing: work orders that are finished in the same go
        :raises OperationOrderError, FailedCheckError: naming the order and what stands in the way
        """
        released = self.production_id._unreleased()
        # sudo: the rule is the same whatever the user may read
        for work in self.sudo().filtered(lambda rec: rec.production_id in released and rec.production_id.is_paper):
            before = work._paper_before() - finishing
            waiting = work._paper_waiting(before)
            if waiting:
                raise OperationOrderError(
                    self.env._(
                        "%(order)s: “%(work)s” waits for “%(before)s”, which is not finished.",
                        order=work.production_id.name,
                        work=work.name,
                        before=", ".join(waiting.mapped("name")),
                    ),
                    action=self.env["paper.way.out"]._lead_to(work.production_id),
                )
            if before:
                work.production_id._check_process_inspections(work)
            if not work.time_ids:
                # Nobody has begun it by a button, which asks the same.
                work._check_means()

    def _paper_waiting(self, before=None):
        """Return the work that has to get on before this one may begin."""
        before = self._paper_before() if before is None else before
        overlap = self.company_id.paper_operations_overlap
        return before.filtered(
            lambda rec: rec.state not in (STARTED if overlap or rec._paper_hands_over() else STARTED[1:])
        )

    def _paper_before(self):
        """Return the work that has to be finished before; what was cancelled stands in nobody's way."""
        if len(self.production_id.workorder_ids) == len(self):
            return self.browse()  # these are all there are
        before = self.blocked_by_workorder_ids
        cancelled = before.filtered(lambda rec: rec.state == "cancel")
        return (before - cancelled) | (cancelled._paper_before() if cancelled else cancelled)

    # A worker has no right on the analytic entries that mrp_account keeps on his work

    def _create_or_update_analytic_entry_for_record(self, value, hours):
        # sudo: the time of a work order moves its cost entries, which the workshop may not read
        return super(MrpWorkorder, self.sudo())._create_or_update_analytic_entry_for_record(value, hours)

    def action_cancel(self):
        works = self._check_agreed_write({"state": "cancel"})
        self.check_access("write")
        self._drop_cost_entries()
        return super(MrpWorkorder, works).action_cancel()

    def unlink(self):
        held = self._check_agreed("removed")
        self.check_access("unlink")
        self._drop_cost_entries()
        return super(MrpWorkorder, held._as_released(self)).unlink()

    def _drop_cost_entries(self):
        # sudo: the cost entries go with the work; what is left of them, nothing, is then known to whoever may not read them
        works = self.sudo()
        (works.mo_analytic_account_line_ids | works.wc_analytic_account_line_ids).unlink()
        works.fetch(["mo_analytic_account_line_ids", "wc_analytic_account_line_ids"])

    # Production records (R5.3.1)

    def _make_records(self):
        """Write down of each finished work order what nobody wrote down by hand."""
        values = [rec._prepare_record() for rec in self]
        told = [vals for vals in values if vals["produced_kg"] or vals["material_kg"] or not vals.pop("is_recorded")]
        # sudo: whoever finishes the work has its record written, in his name
        self.env["paper.production.record"].sudo()._by_step().create(
            [{name: value for name, value in vals.items() if name != "is_recorded"} for vals in told]
        )

    def _prepare_record(self):
        self.ensure_one()
        # sudo: the record is written whatever of the others its writer may read
        own = self.sudo().paper_record_ids
        made = self.production_id._paper_kg(self.qty_produced) - sum(own.mapped("produced_kg")) - sum(own.mapped("broke_kg"))
        return {
            "workorder_id": self.id,
            "is_automatic": True,
            "is_recorded": bool(own),
            "operator_id": self.env.uid,
            "date": self.date_finished or fields.Datetime.now(),
            "produced_kg": max(made, 0.0),
            "material_kg": max(self._paper_material_kg() - sum(own.mapped("material_kg")), 0.0),
        }

    def _paper_material_kg(self):
        """Return how many kg of material the work order takes, or took once its order is done.

        What belongs to no operation is taken by the first one, which is the one that waits for no other.
        """
        self.ensure_one()
        production = self.production_id
        kg = self.env["uom.uom"]._kilogram()
        moves = self.move_raw_ids
        first = production.workorder_ids.filtered(lambda rec: not rec.blocked_by_workorder_ids).sorted(
            lambda rec: (rec.sequence, rec.id)
        )[:1]
        if self == first:
            moves |= production.move_raw_ids.filtered(lambda move: not move.workorder_id)
        states = ("done",) if production.state == "done" else ("confirmed", "partially_available", "assigned", "waiting", "done")
        weighed = moves.filtered(
            lambda move: move.state in states and move.picked and move.product_uom._has_common_reference(kg)
        )
        return sum(move.product_uom._compute_quantity(move.quantity, kg, round=False) for move in weighed)
