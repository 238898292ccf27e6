from datetime import timedelta

from odoo import fields

from ..common import PaperProductionCommon


class PaperCampaignCommon(PaperProductionCommon):
    """A mill that works round the clock and makes white and grey offset of several weights: an hour a tonne on a machine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        hours = cls.env["resource.calendar"].create({"name": "Always", "tz": "UTC", "attendance_ids": False})
        cls.env["resource.calendar.attendance"].create(
            [{"calendar_id": hours.id, "name": "Day", "dayofweek": str(day), "hour_from": 0, "hour_to": 24} for day in range(7)]
        )
        cls.second_machine = cls.env["mrp.workcenter"].create({"name": "PM2", "paper_deckle": 2640})
        cls.machine.alternative_workcenter_ids = cls.second_machine
        (cls.machine | cls.second_machine | cls.winder).resource_calendar_id = hours
        cls.grey = cls.env["paper.grade"].create({"name": "Grey", "paper_shade": 5})
        cls.env.company.paper_plan_seconds = 3
        cls.now = fields.Datetime.now().replace(microsecond=0)

    @classmethod
    def order(cls, weight=80, tonnes=10, grade=None, due=20, product=None):
        """Return the manufacturing order of a new order of paper that is promised in ``due`` days."""
        spec = cls.create_spec(basis_weight=weight, grade_id=(grade or cls.grade).id)
        order = cls.create_order(spec, kg=tonnes * 1000, product=product, confirm=False)
        order.commitment_date = cls.now + timedelta(days=due)
        order.action_confirm()
        return cls.productions(order)

    @classmethod
    def rule(cls, kind, **values):
        return cls.env["paper.plan.rule"].with_user(cls.planner).create({"kind": kind, **values})

    @classmethod
    def computed(cls, productions):
        plan = cls.create_plan(productions)
        plan.action_compute()
        return plan

    @classmethod
    def in_force(cls, productions):
        plan = cls.computed(productions)
        plan.action_submit()
        plan.with_user(cls.supervisor).action_approve()
        return plan

    @classmethod
    def close(cls, machine, start, days):
        """Let a machine stand still from a moment on."""
        return cls.env["resource.calendar.leaves"].create(
            {
                "name": "The press is broken",
                "resource_id": machine.resource_id.id,
                "calendar_id": machine.resource_calendar_id.id,
                "date_from": start,
                "date_to": start + timedelta(days=days),
                "time_type": "leave",
            }
        )

    @classmethod
    def told(cls, record, user):
        return record.sudo().activity_ids.filtered(lambda one: one.user_id == user)
