from collections import defaultdict

from odoo import api, fields, models


class MaintenanceEquipment(models.Model):
    """Equipment that is maintained after so many tonnes, beside what its calendar says (R5.2.2)."""

    _inherit = "maintenance.equipment"

    paper_tonnage_every = fields.Float(
        string="Maintain Every (t)",
        digits=(16, 0),
        help="Tonnes that its machine makes between two maintenances; 0: by calendar.",
    )
    paper_tonnage = fields.Float(
        string="Made Since (t)",
        digits=(16, 1),
        compute="_compute_paper_tonnage",
        help="What its machine has made since the last maintenance by tonnage was done, or since the equipment was entered.",
    )

    _paper_tonnage_positive = models.Constraint(
        "CHECK(COALESCE(paper_tonnage_every, 0) >= 0)", "The tonnes between two maintenances cannot be negative."
    )

    @api.depends("paper_tonnage_every", "paper_workcenter_id", "maintenance_ids.stage_id")
    def _compute_paper_tonnage(self):
        counted = self.filtered(lambda one: one.paper_tonnage_every and one.paper_workcenter_id)
        (self - counted).paper_tonnage = 0.0
        if not counted:
            return
        begun = {one: one._paper_counted_from() for one in counted}
        # sudo: what a machine made is counted for whoever maintains it
        works = self.env["mrp.workorder"].sudo().search(
            [
                ("workcenter_id", "in", counted.paper_workcenter_id.ids),
                ("state", "=", "done"),
                ("date_finished", ">=", min(begun.values())),
            ]
        )
        made = defaultdict(list)
        for work in works:
            made[work.workcenter_id].append((work.date_finished, work.production_id._paper_kg(work.qty_produced) / 1000))
        for one in counted:
            since, own = begun[one], made[one.paper_workcenter_id]
            one.paper_tonnage = sum(tonnes for moment, tonnes in own if moment >= since)

    def _paper_counted_from(self):
        self.ensure_one()
        done = self.sudo().maintenance_ids.filtered(lambda rec: rec.paper_by_tonnage and rec.done)  # sudo: as above
        moments = [fields.Datetime.to_datetime(day) for day in done.mapped("close_date") if day]
        return max(moments, default=self.create_date or fields.Datetime.now())

    @api.model
    def _paper_watch_tonnage(self):
        """Ask for the maintenance of equipment whose machine has made the tonnes for it, once until it is done."""
        due = self.search([("paper_tonnage_every", ">", 0), ("paper_workcenter_id", "!=", False)]).filtered(
            lambda one: one.paper_tonnage >= one.paper_tonnage_every
            and not one.maintenance_ids.filtered(lambda rec: rec.paper_by_tonnage and not rec.done and not rec.archive)
        )
        requests = self.env["maintenance.request"].create([one._prepare_paper_by_tonnage() for one in due])
        for company, own in requests.grouped("company_id").items():
            company._paper_tell("paper_base.group_equipment", own, lambda rec: rec.name, kind="tonnage")

    def _prepare_paper_by_tonnage(self):
        self.ensure_one()
        tonnes = round(self.paper_tonnage)
        return {
            "name": self.env._("%(equipment)s: maintenance after %(tonnes)s t", equipment=self.name, tonnes=tonnes),
            "equipment_id": self.id,
            "company_id": (self.company_id or self.env.company).id,
            "maintenance_type": "preventive",
            "paper_by_tonnage": True,
        }
