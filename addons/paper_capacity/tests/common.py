from contextlib import contextmanager

from odoo import Command, fields
from odoo.addons.base.tests.common import BaseCommon
from odoo.exceptions import UserError
from odoo.tests import freeze_time, new_test_user

NOW = "2026-03-02 01:00:00"  # a Monday morning in China
DELIVERY = "2026-03-16 08:00:00"
DEPARTMENTS = {
    "sales": "paper_base.group_sales",
    "capacity": "paper_base.group_planning",
    "materials": "paper_base.group_purchasing",
    "technical": "paper_base.group_technical",
    "cost": "paper_base.group_finance",
    "chair": "paper_base.group_management",
    "legal": "paper_base.group_legal",
}


@freeze_time(NOW)
class CapacityCommon(BaseCommon):
    """A mill with one machine, one pulp, one supplier, and a person in each department."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if cls.freeze_time:  # a browser's test sets it to None and lives today
            cls.startClassPatcher(freeze_time(NOW))
        cls.company = cls.env.company
        cls.people = {
            name: new_test_user(cls.env, f"eval_{name}", groups=f"base.group_user,{group}")
            for name, group in DEPARTMENTS.items()
        }
        cls.customer = cls.env["res.partner"].create({"name": "Printer", "lang": "en_US"})
        cls.kg = cls.env.ref("uom.product_uom_kgm")
        cls.tonne = cls.env.ref("uom.product_uom_ton")
        cls.grade = cls.env["paper.grade"].create({"name": "Offset"})
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "One shift",
                "tz": "UTC",
                "attendance_ids": [
                    Command.create({"name": "Day", "dayofweek": str(day), "hour_from": 8, "hour_to": 16})
                    for day in range(5)
                ],
            }
        )
        cls.machine = cls.env["mrp.workcenter"].create(
            {"name": "PM1", "resource_calendar_id": cls.calendar.id, "costs_hour": 100, "time_efficiency": 100}
        )
        cls.pulp = cls._make_product("Pulp", uom_id=cls.kg.id, standard_price=3.0)
        cls.supplier = cls.env["res.partner"].create({"name": "Pulp mill"})
        cls.seller = cls.env["product.supplierinfo"].create(
            {"partner_id": cls.supplier.id, "product_tmpl_id": cls.pulp.product_tmpl_id.id, "delay": 7, "price": 3}
        )
        cls.paper = cls._make_product("Offset paper", uom_id=cls.tonne.id, is_paper=True, list_price=6000)
        cls.bom = cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.paper.product_tmpl_id.id,
                "product_qty": 1,
                "product_uom_id": cls.tonne.id,
                "bom_line_ids": [
                    Command.create({"product_id": cls.pulp.id, "product_qty": 1100, "product_uom_id": cls.kg.id})
                ],
                "operation_ids": [
                    Command.create({"name": "Make", "workcenter_id": cls.machine.id, "time_cycle_manual": 60})
                ],
            }
        )

    @classmethod
    def _make_capability(cls, machine, **values):
        return cls.env["paper.machine.capability"].create(
            {
                "workcenter_id": machine.id,
                "winds_reels": True,
                "grade_ids": cls.grade.ids,
                "basis_weight_min": 60,
                "basis_weight_max": 120,
                "caliper_min": 70,
                "caliper_max": 200,
                "trim_width": 2400,
                "reel_diameter_min": 600,
                "reel_diameter_max": 1300,
                "core_sizes": "76, 152",
                **values,
            }
        )

    @classmethod
    def _make_product(cls, name, **values):
        return cls.env["product.product"].create({"name": name, "is_storable": True, "taxes_id": False, **values})

    @classmethod
    def _make_spec(cls, **values):
        return cls.env["paper.spec"].create(
            {
                "grade_id": cls.grade.id,
                "format": "reel",
                "basis_weight": 80,
                "caliper": 100,
                "width": 787,
                "reel_diameter_max": 1000,
                "core_diameter": 76,
                **values,
            }
        )

    @classmethod
    def _make_order(cls, tonnes=10, price=6000.0, lines=1, **values):
        """Return an order of ``lines`` lines of 80 g/m² offset, as sales enters it."""
        line = {
            "product_id": cls.paper.id,
            "product_uom_id": cls.tonne.id,
            "product_uom_qty": tonnes,
            "paper_unit": "t",
            "price_unit": price,
        }
        return cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "user_id": cls.people["sales"].id,
                "commitment_date": DELIVERY,
                "order_line": [
                    Command.create({**line, "paper_spec_id": cls._make_spec().id}) for _index in range(lines)
                ],
                **values,
            }
        )

    @contextmanager
    def _refused(self, *errors):
        """Expect one of several named errors."""
        with self.assertRaises(UserError) as caught:
            yield caught
        self.assertIsInstance(caught.exception, errors)

    @classmethod
    def _reserve(cls, order, start, stop, machine=None, **values):
        """Reserve a slot for the first line of an order, as whatever plans it does."""
        line = order.order_line[:1]
        return cls.env["paper.slot.reservation"]._reserve(
            [
                {
                    "order_id": order.id,
                    "line_id": line.id,
                    "product_id": line.product_id.id,
                    "company_id": order.company_id.id,
                    "workcenter_id": (machine or cls.machine).id,
                    "date_from": fields.Datetime.to_datetime(start),
                    "date_to": fields.Datetime.to_datetime(stop),
                    **values,
                }
            ]
        )
