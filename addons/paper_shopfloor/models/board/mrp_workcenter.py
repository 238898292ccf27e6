from odoo import api, fields, models
from odoo.exceptions import AccessError

READERS = ("paper_base.group_paper_user", "mrp.group_mrp_user")


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    @api.model
    @api.readonly
    def paper_floor_board(self):
        """Return what every machine does now, for the supervisor's board (R5.3.1).

        :return: ``{"now", "machines": [{"id", "name", "state", "order", "spec", "operator", "made_kg", "planned_kg", "rolls",
            "stop", "calls": [{"id", "text", "minutes", "state"}], "out", "refused"}]}``, kg as numbers
        :raises AccessError: for who is not of the mill
        """
        if not any(self.env.user.has_group(group) for group in READERS):
            raise AccessError(self.env._("The board is for the people of the mill."))
        # sudo: the board tells no more than what stands on the machines
        machines = self.sudo().search([("company_id", "in", (False, *self.env.companies.ids))])
        found = machines._floor_now()
        return {"now": fields.Datetime.to_string(fields.Datetime.now()), "machines": [found[machine] for machine in machines]}

    def _floor_now(self):
        """Return ``{machine: what it does}``; a query a kind of thing, not a machine."""
        works = self.env["mrp.workorder"].search(
            [("workcenter_id", "in", self.ids), ("state", "=", "progress")], order="date_start, id"
        )
        sessions = self.env["paper.floor.session"].search(
            [("ended_on", "=", False), ("station_id.workcenter_id", "in", self.ids)]
        )
        calls = self.env["paper.floor.call"].search([("workcenter_id", "in", self.ids), ("state", "!=", "ended")], order="id")
        stops = self.env["mrp.workcenter.productivity"].search(
            [("workcenter_id", "in", self.ids), ("date_end", "=", False), ("loss_type", "not in", ("productive", "performance"))]
        )
        day = fields.Datetime.subtract(fields.Datetime.now(), hours=8)
        late = [("workcenter_id", "in", self.ids), ("happened_on", ">=", day)]
        events = self.env["paper.floor.event"]
        made = dict(
            events._read_group([*late, ("kind", "=", "roll"), ("lot_id", "!=", False)], ["workcenter_id"], ["made_kg:sum"])
        )
        rolls = dict(events._read_group([*late, ("kind", "=", "roll"), ("lot_id", "!=", False)], ["workcenter_id"], ["__count"]))
        refused = dict(events._read_group([*late, ("note", "!=", False)], ["workcenter_id"], ["__count"]))
        out = dict(
            self.env["paper.process.reading"]._read_group(
                [("workcenter_id", "in", self.ids), ("read_on", ">=", day), ("is_out", "=", True)], ["workcenter_id"], ["__count"]
            )
        )
        now = fields.Datetime.now()
        running, standing = works.grouped("workcenter_id"), stops.grouped("workcenter_id")
        there, called = sessions.grouped(lambda one: one.station_id.workcenter_id), calls.grouped("workcenter_id")
        found = {}
        for machine in self:
            work = running.get(machine, works.browse())[:1]
            stop = standing.get(machine, stops.browse())[:1]
            production = work.production_id
            found[machine] = {
                "id": machine.id,
                "name": machine.name,
                "state": "stopped" if stop else "running" if work else "idle",
                "order": production.name or "",
                "production": production.id,
                "spec": production.paper_spec_id.display_name or production.product_id.display_name or "",
                "planned_kg": round(production._paper_kg(production.product_qty)) if production else 0,
                "operator": ", ".join(there.get(machine, sessions.browse()).operator_id.mapped("name")),
                "made_kg": round(made.get(machine, 0.0)),
                "rolls": rolls.get(machine, 0),
                "stop": f"{stop.loss_id.paper_full_name} · {_minutes(stop.date_start, now)} min" if stop else "",
                "calls": [
                    {
                        "id": call.id,
                        "text": f"{dict(call._fields['kind']._description_selection(self.env))[call.kind]}: {call.reason}",
                        "minutes": _minutes(call.called_on, now),
                        "state": call.state,
                    }
                    for call in called.get(machine, calls.browse())
                ],
                "out": out.get(machine, 0),
                "refused": refused.get(machine, 0),
            }
        return found


def _minutes(begin, end):
    return round((end - begin).total_seconds() / 60)
