from odoo import models

from ...exceptions import ProcessCardError

SUPERVISOR = "paper_base.group_supervisor"


class PaperFloorStation(models.Model):
    """What a tablet reports of set points."""

    _inherit = "paper.floor.station"

    def _follow_reading(self, event, raw):
        work = self._needed_work(event)
        spec = work.production_id.sudo().paper_spec_id  # sudo: the card follows from the paper
        card = self.env["paper.process.card"]._of(self.workcenter_id, spec)
        line = card.line_ids.filtered(lambda point: point.id == raw.get("line"))
        if not line:
            raise ProcessCardError(self.env._("The process card changed: look at it again."))
        value = self._number(raw.get("value"), line.name)
        out = line._is_out(value)
        # sudo: the report makes it
        self.env["paper.process.reading"].sudo()._by_step().create(
            {
                "line_id": line.id,
                "event_id": event.id,
                "company_id": self.company_id.id,
                "workcenter_id": self.workcenter_id.id,
                "workorder_id": work.id,
                "read_on": event.happened_on,
                "value": value,
                "is_out": out,
            }
        )
        if not out:
            return ""
        words = self.env._(
            "%(machine)s, %(order)s: %(point)s is %(value)s %(unit)s, the card says %(least)s to %(most)s",
            machine=self.workcenter_id.name,
            order=work.production_id.name,
            point=line.name,
            value=f"{value:.10g}",
            unit=line.unit or "",
            least=f"{line.minimum:.10g}",
            most=f"{line.maximum:.10g}",
        )
        self.company_id._paper_tell(SUPERVISOR, self, words, kind=f"out {event.id}")
        return words
