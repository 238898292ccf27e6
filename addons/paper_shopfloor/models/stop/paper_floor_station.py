from odoo import models

from ...exceptions import FloorError


class PaperFloorStation(models.Model):
    """What a tablet reports of stops: they are Odoo's own times of the machine, so that its availability counts them."""

    _inherit = "paper.floor.station"

    def _open_stop(self):
        # sudo: a stop that another crew began is ended by whoever starts the machine again
        return (
            self.env["mrp.workcenter.productivity"]
            .sudo()
            .search(
                [("workcenter_id", "=", self.workcenter_id.id), ("date_end", "=", False), ("loss_id.manual", "=", True)]
                + [("loss_type", "not in", ("productive", "performance"))],
                limit=1,
            )
        )

    def _follow_stop(self, event, raw):
        reason = raw.get("loss")
        loss = self.env["mrp.workcenter.productivity.loss"].browse(reason if isinstance(reason, int) else ()).exists()
        if not loss or not loss.manual or loss.paper_child_ids:
            raise FloorError(self.env._("Choose why the machine stands still, as far down as the reasons go."))
        if self._open_stop():
            raise FloorError(self.env._("%(machine)s stands still already.", machine=self.workcenter_id.name))
        event.workorder_id.end_all()
        # sudo: the work's cost entries, which the workshop may not read, follow its times
        self.env["mrp.workcenter.productivity"].sudo().create(
            {
                "workcenter_id": self.workcenter_id.id,
                "company_id": self.company_id.id,
                "loss_id": loss.id,
                "description": self._text(raw.get("note")),
                "user_id": self.env.uid,
                "date_start": event.happened_on,
            }
        )

    def _follow_go(self, event, raw):
        stop = self._open_stop()
        if not stop:
            raise FloorError(self.env._("%(machine)s does not stand still.", machine=self.workcenter_id.name))
        stop.write({"date_end": max(event.happened_on, stop.date_start)})
