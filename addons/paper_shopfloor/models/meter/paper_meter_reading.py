from odoo import api, fields, models

from ...exceptions import MeterError
from ...lib.sharing import share


class PaperMeterReading(models.Model):
    """What a meter showed, and what was used since it was read before: shared among the work orders that ran meanwhile, partly
    by their hours, partly by their tonnes, as the company's settings say.
    """

    _name = "paper.meter.reading"
    _description = "Meter Reading"
    _inherit = ["paper.guarded.mixin"]
    _order = "read_on desc, id desc"
    _rec_name = "meter_id"
    _all_by_steps = True
    _evidence_states = ()

    meter_id = fields.Many2one("paper.meter", required=True, index=True, ondelete="restrict")
    event_id = fields.Many2one("paper.floor.event", index="btree_not_null", ondelete="restrict")
    company_id = fields.Many2one(related="meter_id.company_id", store=True, index=True)
    workcenter_id = fields.Many2one(related="meter_id.workcenter_id", store=True, index=True)
    kind = fields.Selection(related="meter_id.kind", store=True)
    unit = fields.Char(related="meter_id.unit")
    read_on = fields.Datetime(required=True, index=True)
    read_before = fields.Datetime(string="Read before", help="The reading from which on it was used.")
    value = fields.Float(string="It Showed", digits=(16, 3), aggregator=None)
    used = fields.Float(digits=(16, 3), help="In the unit of the meter, since it was read before.")
    shared = fields.Json(help="Work order id → its part.")
    rule = fields.Char(string="How It Is Shared", compute="_compute_rule")

    @api.depends("company_id.paper_energy_by_hours")
    def _compute_rule(self):
        for reading in self:
            hours = reading.company_id.sudo().paper_energy_by_hours  # sudo: only the rule is asked
            reading.rule = self.env._(
                "%(hours)s %% by hours on the machine, %(tonnes)s %% by tonnes made",
                hours=f"{hours:.10g}",
                tonnes=f"{100 - hours:.10g}",
            )

    @api.model
    def _read(self, meter, value, moment, event=None):
        """Keep a reading; return it.

        :raises MeterError: for a meter that would run backwards, further than it can, or into the past
        """
        # sudo: whoever reads a meter at a tablet
        readings = self.sudo()
        before = readings.search([("meter_id", "=", meter.id)], order="read_on desc, id desc", limit=1)
        used = 0.0
        if before:
            if moment < before.read_on:
                raise MeterError(self.env._("%(meter)s was read after that already.", meter=meter.name))
            used = value - before.value
            if used < 0 and meter.turns_over_at and value >= 0:
                used += meter.turns_over_at
            used = used * meter.factor
            hours = (moment - before.read_on).total_seconds() / 3600
            if used < 0 or (meter.most_per_hour and used > meter.most_per_hour * max(hours, 0.25)):
                raise MeterError(
                    self.env._(
                        "%(meter)s showed %(before)s and now shows %(now)s %(unit)s: it does not run backwards, nor so "
                        "fast. Read it again.",
                        meter=meter.name,
                        before=f"{before.value:.10g}",
                        now=f"{value:.10g}",
                        unit=meter.unit,
                    )
                )
        elif value < 0:
            raise MeterError(self.env._("%(meter)s shows no figure below zero.", meter=meter.name))
        reading = readings._by_step().create(
            {
                "meter_id": meter.id,
                "event_id": event.id if event else False,
                "read_on": moment,
                "read_before": before.read_on,
                "value": value,
                "used": used,
            }
        )
        if used:
            reading._by_step().write({"shared": reading._share()})
        return reading

    def _share(self):
        """Return ``{work order id: part}`` of what was used, by the company's rule."""
        self.ensure_one()
        works = self.workcenter_id._floor_worked(self.read_before, self.read_on)
        parts = share(self.used, [*works.values()], self.company_id.paper_energy_by_hours)
        return {str(work.id): part for work, part in zip(works, parts, strict=True)}
