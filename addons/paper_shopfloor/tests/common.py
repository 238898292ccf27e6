from datetime import timedelta
from uuid import uuid4

from odoo.addons.paper_production.tests.levels_common import PaperLevelsCommon
from odoo.addons.paper_shopfloor.models.station.paper_floor_station import EVERY


class PaperFloorCommon(PaperLevelsCommon):
    """A winder with a tablet and a simulated scale, two operators, and a cut whose jumbo is in stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scale = cls.env["paper.instrument"].create(
            {
                "name": "Scale",
                "calibration_due": cls.env.company._paper_today() + timedelta(days=300),
                "is_simulated": True,
                "simulated_answer": "ST,GS, 100.0 kg",
            }
        )
        stations = cls.env["paper.floor.station"]
        cls.station = stations.create({"name": "Winder", "workcenter_id": cls.winder.id, "scale_id": cls.scale.id})
        cls.pm = stations.create({"name": "PM1", "workcenter_id": cls.machine.id})
        cls.mate = cls.users["supervisor"]
        cls.people = cls.env["paper.floor.operator"].create(
            [
                {"user_id": cls.operator.id, "new_pin": "2468", "new_badge": "BADGE-1", "crew": "A"},
                {"user_id": cls.mate.id, "new_pin": "1357"},
            ]
        )
        order = cls.create_order(product=cls.two, kg=1940)
        cls.plan = cls.collected(order)
        cls.base_run, cls.cut = cls.runs(cls.plan), cls.cuts(cls.plan)
        cls.finish(cls.base_run, *cls.jumbos(cls.base_run, number=1))
        cls.jumbo = cls.base_run.paper_roll_ids
        cls.wind = cls.cut.workorder_ids
        cls.key = cls.station._sign_in("2468")["session"]
        cls.length = round(100 / (80 * 787) * 1e6, 2)

    @classmethod
    def tell(cls, kind, station=None, session=None, uid=None, **said):
        """Report something as a tablet does; return the server's answer."""
        station = station or cls.station
        event = {"uid": uid or uuid4().hex, "kind": kind, "session": session or cls.key, "work": cls.wind.id, **said}
        return station._take_events([event], EVERY)[0]

    @classmethod
    def declare(cls, number=1, count=3, **said):
        rolls = [{"width": 787, "length": cls.length, "diameter": 960} for _each in range(count)]
        return cls.tell("set", set=number, rolls=rolls, jumbo=cls.jumbo.name, **said)

    @classmethod
    def roll(cls, number, place, gross=100, **said):
        return cls.tell("roll", roll=cls.cut._floor_name(number, place), gross=gross, **said)
