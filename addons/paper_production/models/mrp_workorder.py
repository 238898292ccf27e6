from odoo import api, fields, models

STARTED = ("progress", "done")


class MrpWorkorder(models.Model):
    _inherit = "mrp.workorder"

    paper_record_ids = fields.One2many("paper.production.record", "workorder_id", string="Production Records")

    # What waits, runs or is done on a machine.
    _of_machine = models.Index("(workcenter_id, state)")

    # The gate of the plan, on the buttons and below them

    def button_start(self, raise_on_invalid_state=False):
        self.production_id._check_produce()
        return super().button_start(raise_on_invalid_state=raise_on_invalid_state)

    def button_finish(self):
        finishing = self.filtered(lambda rec: rec.state not in ("done", "cancel"))
        finishing.production_id._check_produce()
        result = super().button_finish()
        finishing.filtered(lambda rec: rec.production_id.is_paper)._make_records()
        return result

    def write(self, vals):
        if vals.get("state") in STARTED or vals.get("qty_produced"):
            self.production_id.filtered(lambda rec: rec.state not in ("done", "cancel"))._check_produce()
        return super().write(vals)

    @api.constrains("state")
    def _check_plan_approved(self):
        started = self.filtered(lambda rec: rec.state in STARTED)
        started.production_id.filtered(lambda rec: rec.state not in ("done", "cancel"))._check_produce()

    # A worker has no right on the analytic entries that mrp_account keeps on his work

    def _set_duration(self):
        # sudo: the time of a work order moves its cost entries, which the workshop may not read
        return super(MrpWorkorder, self.sudo())._set_duration()

    def action_cancel(self):
        self.check_access("write")
        # sudo: as above, the cost entries go with the cancelled work
        return super(MrpWorkorder, self.sudo()).action_cancel()

    def unlink(self):
        self.check_access("unlink")
        # sudo: as above, the cost entries go with the removed work
        return super(MrpWorkorder, self.sudo()).unlink()

    # Production records (R5.3.1)

    def _make_records(self):
        """Write down what was made in each finished work order that has no record yet."""
        lacking = self.filtered(lambda rec: not rec.paper_record_ids)
        # sudo: whoever finishes the work has its record written, in his name
        self.env["paper.production.record"].sudo()._by_step().create([rec._prepare_record() for rec in lacking])

    def _prepare_record(self):
        self.ensure_one()
        production = self.production_id
        kg = self.env["uom.uom"]._kilogram()
        moves = self.move_raw_ids
        if self == production.workorder_ids[:1]:
            moves |= production.move_raw_ids.filtered(lambda move: not move.workorder_id)
        weighed = moves.filtered(lambda move: move.state != "cancel" and move.product_uom._has_common_reference(kg))
        return {
            "workorder_id": self.id,
            "operator_id": self.env.uid,
            "date": self.date_finished or fields.Datetime.now(),
            "produced_kg": production._paper_kg(self.qty_produced),
            "material_kg": sum(move.product_uom._compute_quantity(move.quantity, kg, round=False) for move in weighed),
        }
