from datetime import timedelta

from odoo import api, fields, models

from ...exceptions import DispatchRightError, TripError
from ..trip.stock_picking_batch import LOGISTICS

DAYS = 14
FIRST_HOUR, LAST_HOUR = 8, 18  # of a trip that is planned on the board; moved in its form
SHOWN = 400  # notices and trips


class StockPickingBatch(models.Model):
    _inherit = "stock.picking.batch"

    @api.model
    @api.readonly
    def paper_dispatch_board(self, date_from=None, by="vehicle"):
        """Return what the dispatcher's board shows.

        :param date_from: first day (ISO); yesterday unless given
        :param by: "vehicle" or "dock": what the rows are
        :return: ``{"date_from", "days": [{"day", "label"}], "rows": [{"id", "name"}], "trips": […], "waiting": […]}``
        """
        company = self.env.company
        first = fields.Date.to_date(date_from) or company._paper_today() - timedelta(days=1)
        days = [first + timedelta(days=number) for number in range(DAYS)]
        trips = self.search(
            [
                ("is_paper_trip", "=", True),
                ("company_id", "=", company.id),
                ("paper_state", "!=", "aborted"),
                ("starts_on", ">=", company._paper_day_begins(first)),
                ("starts_on", "<", company._paper_day_begins(days[-1] + timedelta(days=1))),
            ],
            order="starts_on",
            limit=SHOWN,
        )
        waiting = self.env["paper.dispatch.notice"].search(
            [
                ("company_id", "=", company.id),
                ("state", "in", ("issued", "planned")),
                ("picking_ids", "any", [("batch_id", "=", False), ("state", "not in", ("done", "cancel"))]),
            ],
            limit=SHOWN,
        )
        if by == "dock":
            rows = trips.picking_type_id.dock_ids | trips.dock_id
        else:
            rows = self.env["fleet.vehicle"].search([("company_id", "in", (False, company.id))], limit=60)
        today = company._paper_today()
        return {
            "by": by,
            "date_from": fields.Date.to_string(first),
            "may": self._is_one_of((LOGISTICS,)),
            "days": [
                {"day": fields.Date.to_string(day), "label": company._paper_date(day, pattern="MM-dd"), "today": day == today}
                for day in days
            ],
            "rows": [{"id": row.id, "name": row.display_name} for row in rows] + [{"id": 0, "name": self.env._("Others")}],
            "trips": [trip._board_trip(by) for trip in trips],
            "waiting": [self._board_notice(notice, today) for notice in waiting],
        }

    def _board_trip(self, by):
        row = self.dock_id if by == "dock" else self.vehicle_id
        return {
            "id": self.id,
            "name": self.name,
            "day": fields.Date.to_string(self.company_id._paper_day(self.starts_on)),
            "row": row.id or 0,
            "plate": self.paper_plate or "",
            "driver": self.paper_driver or "",
            "load": round(self.load_kg / 1000, 2),
            "capacity": round(self.vehicle_weight_capacity / 1000, 2),
            "state": self.paper_state,
            "state_name": self._step_name(),
            "customers": ", ".join(dict.fromkeys(self.picking_ids.partner_id.mapped("display_name"))),
        }

    @api.model
    def _board_notice(self, notice, today):
        return {
            "id": notice.id,
            "name": notice.name,
            "customer": notice.partner_id.display_name,
            "kg": round(notice.weight_kg / 1000, 2),
            "day": notice.company_id._paper_date(notice.delivery_date, pattern="MM-dd"),
            "late": bool(notice.delivery_date and notice.delivery_date < today),
        }

    @api.model
    def paper_board_plan(self, notice_id, day, by, row_id):
        """Put a notice on a new trip of a day; logistics.

        :param day: ISO; :param by: "vehicle" or "dock"; :param row_id: id of the row's vehicle or dock, 0 for none
        :return: id of the trip
        :raises TripError: for a day that is over
        """
        if not self._is_one_of((LOGISTICS,)):
            raise DispatchRightError(
                self.env._("This step belongs to: %(departments)s.", departments=self._group_names((LOGISTICS,)))
            )
        company = self.env.company
        trip = self.create(
            {
                "is_paper_trip": True,
                "company_id": company.id,
                "picking_type_id": self.env["paper.dispatch.notice"].browse(notice_id).picking_ids.picking_type_id[:1].id,
                **self._board_place(by, row_id),
                **self._board_hours(company, day),
            }
        )
        if trip.vehicle_id:
            trip.write({"paper_plate": trip.vehicle_id.license_plate, "paper_driver": trip.vehicle_id.driver_id.name})
        trip.action_assign_notice(notice_id)
        return trip.id

    def paper_board_move(self, day, by, row_id):
        """Move a trip to another day and row; logistics."""
        self.ensure_one()
        vals = {**self._board_place(by, row_id), **self._board_hours(self.company_id, day)}
        if vals.get("vehicle_id"):
            vehicle = self.env["fleet.vehicle"].browse(vals["vehicle_id"])
            vals |= {"paper_plate": vehicle.license_plate, "paper_driver": vehicle.driver_id.name or self.paper_driver}
        self.write(vals)
        self._check_weight()
        return True

    @api.model
    def _board_place(self, by, row_id):
        return {"dock_id" if by == "dock" else "vehicle_id": row_id or False}

    @api.model
    def _board_hours(self, company, day):
        day = fields.Date.to_date(day)
        if not day or day < company._paper_today():
            raise TripError(self.env._("No trip is planned for a day that is over."))
        begin = company._paper_day_begins(day)
        return {"starts_on": begin + timedelta(hours=FIRST_HOUR), "ends_on": begin + timedelta(hours=LAST_HOUR)}
