from odoo import fields, models
from odoo.tools import html2plaintext

from ..call.paper_floor_call import KINDS as CALLS
from ..set.paper_roll_defect import DEFECTS
from .words import words

NEXT = 5


class PaperFloorStation(models.Model):
    """What a tablet shows of its machine: what runs and the next five, what is to be entered. Never a price."""

    _inherit = "paper.floor.station"

    def _floor_facts(self):
        """Return what the page shows, as plain values."""
        self.ensure_one()
        station = self.sudo()  # sudo: the token of the tablet stands for it; nothing but the machine's work is told
        works = station.workcenter_id._floor_works()[: NEXT + 1]
        day, shift = station.company_id._paper_shift(fields.Datetime.now())
        session = station.env["paper.floor.session"].search([("station_id", "=", station.id), ("ended_on", "=", False)], limit=1)
        stop = station._open_stop()
        return {
            "machine": station.workcenter_id.name,
            "tablet": station.name,
            "operator": session.operator_id.name or "",
            "shift": f"{day} {dict(self.env['paper.floor.event']._fields['shift']._description_selection(self.env))[shift]}",
            "scale": bool(station.scale_id),
            "tare": station.tare_kg,
            "works": [station._work_facts(work, number) for number, work in enumerate(works)],
            "stop": stop.loss_id.paper_full_name or "",
            "reasons": station._reasons(),
            "meters": [
                {"id": meter.id, "name": meter.name, "unit": meter.unit, "last": meter.reading_ids[:1].value}
                for meter in station.env["paper.meter"].search([("workcenter_id", "=", station.workcenter_id.id)])
            ],
            "calls": [
                {"id": call.id, "text": f"{names[call.kind]}: {call.reason}", "state": call.state}
                for names in [dict(station.env["paper.floor.call"]._fields["kind"]._description_selection(self.env))]
                for call in station.env["paper.floor.call"].search(
                    [("workcenter_id", "=", station.workcenter_id.id), ("state", "!=", "ended")]
                )
            ],
            "checks": [
                {"id": one.id, "name": one.name, "items": [{"id": item.id, "name": item.name} for item in one.item_ids]}
                for one in station.workcenter_id._floor_open_checks(works.filtered(lambda rec: rec.state == "progress")[:1])
            ],
            "log": station._log_facts(day, shift),
            "callKinds": self._choices("paper.floor.call", "kind", CALLS),
            "defects": self._choices("paper.roll.defect", "kind", DEFECTS),
            "words": words(self.env),
        }

    def _choices(self, model, field, keys):
        names = dict(self.env[model]._fields[field]._description_selection(self.env))
        return [{"key": key, "name": names[key]} for key, _name in keys]

    def _reasons(self):
        losses = self.env["mrp.workcenter.productivity.loss"].search([("manual", "=", True)])
        return [
            {"id": loss.id, "name": loss.name, "code": loss.paper_code or "", "above": loss.paper_parent_id.id or 0}
            for loss in losses
        ]

    def _log_facts(self, day, shift):
        logs = self.env["paper.shift.log"]
        at = [("workcenter_id", "=", self.workcenter_id.id)]
        own = logs.search([*at, ("day", "=", day), ("shift", "=", shift)], limit=1)
        handed = logs.search([*at, ("state", "=", "handed")], limit=1)
        before = logs.search([*at, ("state", "=", "taken")], limit=1)
        return {
            "text": own.text or "",
            "state": own.state or "open",
            "handed": handed.name if handed else "",
            "open": (handed or before).left_open or "",
        }

    def _work_facts(self, work, number):
        production = work.production_id
        spec = production.paper_spec_id
        first = number == 0
        card = self.env["paper.process.card"]._of(self.workcenter_id, spec) if first else None
        return {
            "id": work.id,
            "state": work.state,
            "name": work.name,
            "order": production.name,
            "sales": ", ".join(production._paper_orders().mapped("name")) if first else "",
            "customer": ", ".join(production._paper_orders().partner_id.mapped("name")),
            "notes": self._customer_notes(production) if first else "",
            "spec": spec.display_name or production.product_id.display_name,
            "due": fields.Datetime.to_string(production.date_deadline or production.date_finished or False) or "",
            "start": fields.Datetime.to_string(work.date_start or False) or "",
            "kg": round(production._paper_kg(production.product_qty), 1),
            "made": round(sum(production.paper_roll_ids.mapped("paper_net_kg")), 1) if first else 0,
            "waits": work.paper_waits,
            "unit": production._floor_unit(),
            "makes": work._floor_makes(),
            "limits": [
                {"name": limit.name, "unit": limit.unit or "", "low": limit.minimum, "high": limit.maximum}
                for limit in spec.limit_ids
            ]
            if first
            else [],
            "card": [
                {
                    "id": line.id,
                    "name": line.name,
                    "unit": line.unit or "",
                    "target": line.target,
                    "low": line.minimum,
                    "high": line.maximum,
                }
                for line in card.line_ids
            ]
            if first
            else [],
            "cardName": card.name or "" if first else "",
            "sets": self._set_facts(production) if first else [],
            "nextSets": production._floor_next_sets() if first and work._floor_makes() else [],
            "jumbos": [
                {"name": lot.name, "kg": round(lot._paper_left_kg(), 1)}
                for lot in production._paper_base_moves().move_line_ids.lot_id
            ]
            if first and production.paper_kind == "cut"
            else [],
            "materials": [
                {"name": move.product_id.display_name, "code": move.product_id.barcode or move.product_id.default_code or ""}
                for move in production.move_raw_ids
            ]
            if first
            else [],
        }

    def _set_facts(self, production):
        return [
            {
                "number": turn.number,
                "rolls": [
                    {
                        "name": line.name,
                        "width": line.width,
                        "length": line.length,
                        "position": line.position,
                        "kg": line.lot_id.paper_net_kg,
                    }
                    for line in turn.line_ids
                ],
            }
            for turn in production.paper_set_ids[:6]
        ]

    def _customer_notes(self, production):
        """Return what the customer wants the winder to know: notes of the specification, of the line, of the order."""
        line = production.sale_line_id
        sources = [
            (production.paper_spec_id, "notes"),
            (production.paper_spec_id, "note"),
            (line, "paper_note"),
            (line.order_id, "note"),
        ]
        texts = [record[name] for record, name in sources if record and name in record._fields]
        return "\n".join(dict.fromkeys(html2plaintext(text).strip() for text in texts if text))
