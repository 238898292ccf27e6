from uuid import uuid4

from odoo import Command, api, models
from odoo.addons.paper_shopfloor.models.station.paper_floor_station import EVERY

from ..way.paper_mill_demo import _reel

PINS = {"workshop": "1234", "supervisor": "5678"}
CARDS = {
    "pm1": [
        ("车速", "m/min", 620, 600, 640),
        ("定量", "g/m²", 80, 78.5, 81.5),
        ("水分", "%", 6, 5, 7),
        ("第一组烘缸蒸汽压力", "MPa", 0.22, 0.18, 0.26),
    ],
    "rewinder": [("复卷车速", "m/min", 1200, 900, 1400), ("张力", "N/m", 320, 280, 360)],
}
METERS = [("蒸汽表", "steam", "t", 5200.0), ("电表", "power", "kWh", 884120.0), ("清水表", "water", "m³", 91350.0)]
CHECKS = ("安全防护罩关闭", "急停按钮有效", "地面干燥无油污")
SETS, ACROSS, KG = 3, 3, 880.0


class PaperMillDemo(models.AbstractModel):
    """What stands at the machines, and what a shift has reported there."""

    _inherit = "paper.mill.demo"

    @api.model
    def _floor(self):
        stations = self._tablets()
        order = self._order_on_the_floor()
        paper_machine, winder = stations
        first, *between, last = order.workorder_ids.sorted(lambda work: (work.sequence, work.id))
        key = paper_machine._sign_in(PINS["workshop"])["session"]
        self._report(paper_machine, key, "start", work=first.id)
        self._read(paper_machine, key, first)
        self._report(paper_machine, key, "finish", work=first.id)
        for work in between:
            self._as("workshop", work).button_start()
            self._as("workshop", work).button_finish()
        key = winder._sign_in(PINS["workshop"])["session"]
        self._report(winder, key, "start", work=last.id)
        self._wind_sets(winder, key, last, order)
        self._report(winder, key, "note", text="第 2 刀已更换")
        self._report(winder, key, "call", who="laboratory", reason="第 3 组边部有条痕", work=last.id)
        self._report(winder, key, "finish", work=last.id)
        self._inspect(order)
        self._note_waiting(order)

    def _tablets(self):
        supervisor = {name: self._as("supervisor", self.env[name]) for name in ("paper.floor.station", "paper.floor.operator")}
        company = self.env.ref("base.main_company")
        scale = self.env["paper.instrument"].create(
            {
                "name": "复卷机电子秤",
                "calibration_due": self._day(200),
                "is_simulated": True,
                "simulated_answer": f"ST,GS, {KG + 12:.1f} kg",
            }
        )
        crew = {"workshop": "甲班", "supervisor": "值班主管"}
        supervisor["paper.floor.operator"].create(
            [
                {"user_id": self.env.ref(f"paper_mill.user_{who}").id, "new_pin": pin, "crew": crew[who]}
                for who, pin in PINS.items()
            ]
        )
        stations = []
        for name, title in (("pm1", "PM1 操作室"), ("rewinder", "复卷机操作侧")):
            machine = self.env.ref(f"paper_mill.workcenter_{name}")
            own = {"workcenter_id": machine.id, "company_id": company.id}
            points = [
                Command.create({"name": point, "unit": unit, "target": target, "minimum": low, "maximum": high})
                for point, unit, target, low, high in CARDS[name]
            ]
            self._as("technical", self.env["paper.process.card"]).create(
                {**own, "name": f"{machine.name} 工艺卡", "line_ids": points}
            )
            items = [Command.create({"name": item}) for item in CHECKS]
            self._as("supervisor", self.env["paper.checklist"]).create({**own, "name": "班前检查", "item_ids": items})
            weighing = {"scale_id": scale.id, "tare_kg": 12} if name == "rewinder" else {}
            stations.append(supervisor["paper.floor.station"].create({**own, "name": title, **weighing}))
        machine = stations[0].workcenter_id
        self._as("supervisor", self.env["paper.meter"]).create(
            [{"name": name, "kind": kind, "unit": unit, "workcenter_id": machine.id} for name, kind, unit, _value in METERS]
        )
        return [station.sudo() for station in stations]  # sudo: a tablet's token stands for its right

    def _order_on_the_floor(self):
        orders = self._plan_for_stock("常备卷筒，车间正在生产", [("offset", SETS * ACROSS * KG / 1000, _reel(80, 787, 1000, 76))])
        return orders.sudo()  # sudo: the workshop finds its own orders

    def _report(self, station, key, kind, **told):
        answers = station._take_events([{"uid": uuid4().hex, "kind": kind, "session": key, **told}], EVERY)
        if answers[0]["state"] != "kept":
            raise ValueError(answers[0]["message"])

    def _read(self, station, key, work):
        # sudo: the tablet shows the card of its machine
        card = self.env["paper.process.card"]._of(station.workcenter_id, work.production_id.sudo().paper_spec_id)
        for line in card.line_ids:
            self._report(station, key, "reading", work=work.id, line=line.id, value=line.target)
        self._report(station, key, "reading", work=work.id, line=card.line_ids[2].id, value=7.4)
        values = {name: value for name, _kind, _unit, value in METERS}
        for meter in station.env["paper.meter"].search([("workcenter_id", "=", station.workcenter_id.id)]):
            self._report(station, key, "meter", meter=meter.id, value=values[meter.name])

    def _wind_sets(self, station, key, work, order):
        length = round(KG / (80 * 787) * 1e6, 1)
        shape = {"width": 787, "length": length, "diameter": 985}
        for number in range(1, SETS + 1):
            self._report(station, key, "set", work=work.id, set=number, rolls=[shape] * ACROSS)
            rolls = [
                {
                    "roll": order._floor_name(number, place),
                    "gross": KG + 12,
                    "tare": 12,
                    "defects": [{"kind": "joint", "at_m": 4200}] * (place == 2),
                }
                for place in range(1, ACROSS + 1)
            ]
            events = [{"uid": uuid4().hex, "kind": "roll", "session": key, "work": work.id, **roll} for roll in rolls]
            wrong = [answer for answer in station._take_events(events, EVERY) if answer["state"] != "kept"]
            if wrong:
                raise ValueError(wrong[0]["message"])

    def _note_waiting(self, order):
        note = self._as("warehouse", self.env["paper.entry.note"]).create({"production_id": order.id})
        for line in note.line_ids[:-2]:
            note._scan(line.code)
        note._scan("B99-0101")
