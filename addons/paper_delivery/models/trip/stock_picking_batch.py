from dateutil.relativedelta import relativedelta
from markupsafe import Markup
from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering

from ...exceptions import DispatchRightError, TripError, VehicleError
from ...lib import load_plan
from ...lib.loading import STEP

LOGISTICS = "paper_base.group_logistics"
WAREHOUSE = "paper_base.group_warehouse"
MANAGEMENT = "paper_base.group_management"
STATES = [
    ("planned", "Being Planned"),
    ("loading", "Loading"),
    ("left", "Under Way"),
    ("done", "Back"),
    ("aborted", "Aborted"),
]
OPEN_TRIP = ("planned", "loading")
BUSY = ("planned", "loading", "left")
PLANNED = {"planned": (LOGISTICS,)}
WEIGHED = {"planned": (LOGISTICS, WAREHOUSE), "loading": (LOGISTICS, WAREHOUSE)}
LINK_DAYS = 7  # after the end of the trip
FREIGHT = [("t", "Per Tonne"), ("trip", "Per Trip"), ("km", "Per Kilometre")]


class StockPickingBatch(models.Model):
    """A trip of a vehicle with deliveries of paper: planned by logistics, loaded, on its way, back; or aborted."""

    _name = "stock.picking.batch"
    _inherit = ["stock.picking.batch", "paper.step.mixin", "paper.link.mixin"]

    _step_field = "paper_state"
    # The batch's own state follows its transfers, and is written by Odoo's own buttons, too.
    _written_by_odoo = ("state",)
    _steps = {
        "planned": {"loading": (LOGISTICS,), "aborted": (LOGISTICS,)},
        "loading": {"planned": (LOGISTICS,), "left": (LOGISTICS, WAREHOUSE), "aborted": (LOGISTICS,)},
        "left": {"done": (LOGISTICS,)},
        "done": {},
        "aborted": {},
    }
    _step_verbs = {"load": "loading", "leave": "left", "finish": "done", "abort": "aborted"}
    _acts = {"link": (("loading", "left"), (LOGISTICS,))}
    _entering = {
        "loading": Entering(check="_check_loading", then="_action_loading"),
        "left": Entering(check="_check_left", on="paper_left_on"),
        "done": Entering(then="_action_over"),
        "aborted": Entering(then="_action_over"),
    }
    _evidence_states = ("left", "done")
    _state_error = TripError
    _right_error = DispatchRightError
    _field_error = TripError
    _locked_error = TripError

    paper_state = fields.Selection(
        STATES, string="Trip", default="planned", required=True, tracking=True, index=True, by_steps=True
    )
    is_paper_trip = fields.Boolean(string="Trip of Paper", default=False, index=True)
    carrier_id = fields.Many2one("res.partner", string="Carrier", index="btree_not_null", by_hand=PLANNED)
    paper_plate = fields.Char(string="Licence Plate", tracking=True, by_hand=PLANNED)
    trailer_plate = fields.Char(by_hand=PLANNED)
    paper_driver = fields.Char(string="Driver's Name", tracking=True, by_hand=PLANNED)
    paper_driver_phone = fields.Char(string="Driver's Phone", by_hand=PLANNED)
    second_person = fields.Char(by_hand=PLANNED)
    starts_on = fields.Datetime(string="Leaves", index="btree_not_null", by_hand=PLANNED)
    ends_on = fields.Datetime(string="Back by", by_hand=PLANNED)
    paper_left_on = fields.Datetime(string="Left on", by_steps=True)
    stop_ids = fields.One2many("paper.trip.stop", "batch_id", string="Stops")
    seal_numbers = fields.Char(by_hand=WEIGHED)
    weigh_in_kg = fields.Float(string="Weigh-bridge Empty (kg)", digits=(16, 1), by_hand=WEIGHED)
    weigh_out_kg = fields.Float(string="Weigh-bridge Loaded (kg)", digits=(16, 1), by_hand=WEIGHED)
    weigh_slip = fields.Binary(string="Weigh-bridge Slip", attachment=True, by_hand=WEIGHED)
    load_kg = fields.Float(string="Load (kg)", digits=(16, 1), compute="_compute_load_kg", compute_sudo=True)
    overload_reason = fields.Char(
        tracking=True, by_hand={"planned": (MANAGEMENT,)}, help="Why more than the capacity may be carried."
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    freight_basis = fields.Selection(FREIGHT, by_hand=PLANNED)
    freight_rate = fields.Monetary(by_hand=PLANNED)
    freight_minimum = fields.Monetary(by_hand=PLANNED)
    freight_km = fields.Float(string="Distance (km)", digits=(16, 1), by_hand=PLANNED)
    freight_planned = fields.Monetary(compute="_compute_freight_planned", compute_sudo=True)
    freight_actual = fields.Monetary(by_hand={"left": (LOGISTICS,), "done": (LOGISTICS,)})
    event_ids = fields.One2many("paper.delivery.event", "batch_id", string="Events", by_steps=True)
    can_load = fields.Boolean(compute="_compute_can_steps")
    can_leave = fields.Boolean(compute="_compute_can_steps")
    can_finish = fields.Boolean(compute="_compute_can_steps")
    can_abort = fields.Boolean(compute="_compute_can_steps")
    can_link = fields.Boolean(compute="_compute_can_steps")

    _paper_window = models.Constraint("CHECK(ends_on IS NULL OR ends_on > starts_on)", "A trip ends after it begins.")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if values.get("is_paper_trip") and "picking_type_id" in fields and not values.get("picking_type_id"):
            outgoing = [("code", "=", "outgoing"), ("company_id", "=", self.env.company.id)]
            values["picking_type_id"] = self.env["stock.picking.type"].search(outgoing, limit=1).id
        return values

    @api.depends("picking_ids.paper_notice_id.line_ids.quantity_kg")
    def _compute_load_kg(self):
        for trip in self:
            lines = trip.picking_ids.paper_notice_id.line_ids
            trip.load_kg = sum(lines.filtered(lambda line, own=trip.picking_ids: line.picking_id in own).mapped("quantity_kg"))

    @api.depends("freight_basis", "freight_rate", "freight_minimum", "freight_km", "load_kg")
    def _compute_freight_planned(self):
        for trip in self:
            measure = {"t": trip.load_kg / 1000, "trip": 1.0, "km": trip.freight_km}.get(trip.freight_basis, 0.0)
            trip.freight_planned = max(measure * trip.freight_rate, trip.freight_minimum)

    @api.onchange("vehicle_id")
    def _onchange_paper_vehicle(self):
        self.paper_plate = self.vehicle_id.license_plate or self.paper_plate
        self.paper_driver = self.vehicle_id.driver_id.name or self.paper_driver

    # Steps

    def action_load(self):
        """Let the trip be loaded: its notices are planned with its vehicle, driver and day (R6.2.1); logistics.

        :raises TripError: without deliveries, plate, driver or hours
        :raises VehicleError: where vehicle or driver are on another trip then, or the load is too heavy
        """
        return self._take_step("loading")

    def action_leave(self):
        """Send the trip off once its goods have left the books (R6.2.2); logistics or warehouse."""
        return self._take_step("left")

    def action_finish(self):
        return self._take_step("done")

    def action_abort(self):
        return self._take_step("aborted")

    def _check_loading(self):
        for trip in self:
            needed = ("picking_ids", "paper_plate", "paper_driver", "starts_on", "ends_on")
            missing = [trip._fields[name]._description_string(self.env) for name in needed if not trip[name]]
            if missing:
                raise TripError(self.env._("%(trip)s lacks: %(fields)s.", trip=trip.name, fields=", ".join(missing)))
        self._check_free()
        self._check_weight()

    def _check_weight(self):
        for trip in self:
            capacity = trip.vehicle_weight_capacity
            if capacity and trip.load_kg > capacity + STEP and not said(trip.overload_reason):
                raise VehicleError(
                    self.env._(
                        "%(trip)s would carry %(load)s kg, but %(vehicle)s may carry %(capacity)s kg. Take deliveries off, or "
                        "let the management say why not.",
                        trip=trip.name,
                        load=round(trip.load_kg, 1),
                        vehicle=trip.vehicle_id.display_name,
                        capacity=round(capacity, 1),
                    )
                )

    @api.constrains("starts_on", "ends_on", "paper_plate", "vehicle_id", "paper_driver", "paper_state")
    def _check_free(self):
        """Refuse that a vehicle, or a driver, is on two trips at once.

        :raises VehicleError: naming the other trip
        """
        timed = self.filtered(lambda trip: trip.is_paper_trip and trip.starts_on and trip.ends_on and trip.paper_state in BUSY)
        if not timed:
            return
        # Two dispatchers at once: the second waits here, and then finds the first one's trip.
        self.env.cr.execute("SELECT pg_advisory_xact_lock(hashtext('paper_trip'), %s)", [timed.company_id[:1].id or 0])
        # sudo: a vehicle is taken whoever may read its trip
        others = self.sudo().search(
            [
                ("is_paper_trip", "=", True),
                ("paper_state", "in", BUSY),
                ("starts_on", "<", max(timed.mapped("ends_on"))),
                ("ends_on", ">", min(timed.mapped("starts_on"))),
            ]
        )
        # sudo: see above
        for trip in timed.sudo():
            for other in others - trip:
                shared = trip._shared_with(other)
                if shared and other.starts_on < trip.ends_on and other.ends_on > trip.starts_on:
                    raise VehicleError(
                        self.env._(
                            "%(shared)s is on %(other)s from %(start)s to %(end)s already: put the deliveries on that trip, or "
                            "plan another.",
                            shared=shared,
                            other=other.name,
                            start=other.company_id._paper_moment(other.starts_on),
                            end=other.company_id._paper_moment(other.ends_on),
                        )
                    )

    def _shared_with(self, other):
        """Return the name of the vehicle or driver that two trips share, "" where they share none."""
        plate, driver = _plain(self.paper_plate), _plain(self.paper_driver_phone or "")
        if (self.vehicle_id and self.vehicle_id == other.vehicle_id) or (plate and plate == _plain(other.paper_plate)):
            return self.paper_plate or self.vehicle_id.display_name
        return self.paper_driver or "" if driver and driver == _plain(other.paper_driver_phone) else ""

    def _action_loading(self):
        """Plan the notices of the trips, and put their stops in a row. Override to do more."""
        for trip in self:
            notices = trip.picking_ids.paper_notice_id.filtered(lambda notice: notice.state == "issued")
            day = trip.company_id._paper_day(trip.starts_on)
            for notice in notices:
                late = notice.delivery_date and day > notice.delivery_date
                notice.action_plan(
                    vehicle_id=trip.vehicle_id.id,
                    licence_plate=trip.paper_plate,
                    driver_name=trip.paper_driver,
                    driver_phone=trip.paper_driver_phone,
                    planned_date=day,
                    late_reason=notice.leaves_late_reason or (late and trip.description) or None,
                )
            trip._draft_stops()

    def _draft_stops(self):
        self.ensure_one()
        known = self.stop_ids.partner_id
        # sudo: where goods go is read off the order, which logistics may not open
        places = [partner for picking in self.picking_ids.sudo() for partner in picking._paper_delivery_places()]
        stops = self.env["paper.trip.stop"].sudo()._by_step()  # sudo: the trip makes its own stops
        missing = [partner for partner in dict.fromkeys(places) if partner not in known]
        start = max(self.stop_ids.mapped("sequence"), default=0)
        stops.create(
            [{"batch_id": self.id, "partner_id": rec.id, "sequence": start + 10 * n} for n, rec in enumerate(missing, 1)]
        )

    def _check_left(self):
        for trip in self:
            waiting = trip.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
            if waiting:
                raise TripError(
                    self.env._(
                        "%(deliveries)s of %(trip)s have not left yet.",
                        deliveries=", ".join(waiting.mapped("name")),
                        trip=trip.name,
                    )
                )
            if trip.weigh_out_kg and trip.weigh_out_kg < trip.weigh_in_kg:
                raise TripError(
                    self.env._("%(trip)s weighs less loaded than empty: read the weigh-bridge again.", trip=trip.name)
                )

    def _action_over(self):
        """Take what has not left off the trip; the driver's link goes on for some days. Override to do more."""
        for trip in self.filtered(lambda rec: rec.paper_state == "aborted"):
            trip._link_revoke("drive")
            trip.picking_ids.filtered(lambda picking: picking.state != "done").batch_id = False

    # What the board, or a list, asks for

    def action_assign_notice(self, notice_id):
        """Put the deliveries of a notice on this trip; logistics.

        :param notice_id: id of a paper.dispatch.notice that is issued or planned
        :raises TripError: where notice or trip are past it
        :raises VehicleError: where the vehicle may not carry it too
        """
        self.ensure_one()
        if not self._is_one_of((LOGISTICS,)):
            raise DispatchRightError(
                self.env._("This step belongs to: %(departments)s.", departments=self._group_names((LOGISTICS,)))
            )
        self.check_access("write")
        notice = self.env["paper.dispatch.notice"].browse(notice_id).exists()
        notice.check_access("read")
        if self.paper_state != "planned" or notice.state not in ("issued", "planned"):
            raise TripError(
                self.env._("%(notice)s cannot be put on %(trip)s any more.", notice=notice.name or "-", trip=self.name)
            )
        notice.picking_ids.batch_id = self
        self.invalidate_recordset(["load_kg"])
        self._check_weight()
        self._draft_stops()
        return True

    def action_open_load_page(self):
        """Open the page on which this trip is loaded by scan."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/paper/load/{self.id}", "target": "new"}

    def action_print_loading_list(self):
        return self.env.ref("paper_delivery.action_report_loading_list").report_action(self, config=False)

    def action_print_notes(self):
        """Print the delivery notes of all deliveries of the trips, in the order in which they are unloaded."""
        return self.env.ref("paper_delivery.action_report_delivery_note").report_action(self.picking_ids, config=False)

    # The driver's link

    def _drive_url(self):
        """Return the address of the driver's page with a new link; earlier ones are void from now on."""
        self.ensure_one()
        end = (self.ends_on or fields.Datetime.now()) + relativedelta(days=LINK_DAYS)
        return f"{self.get_base_url()}/d/{self._link_issue('drive', expires_on=end)}"

    def action_driver_link(self):
        """Show the driver's link and its QR; logistics. The link that was shown before is void."""
        self.ensure_one()
        self._check_act("link")
        return (
            self.env["paper.trip.link"]
            .create({"batch_id": self.id, "url": self._drive_url()})
            ._get_records_action(name=self.env._("Driver's Link"), target="new")
        )

    def action_revoke_link(self):
        self._check_act("link")
        self._link_revoke("drive")
        return True

    # The load plan

    def _load_plan(self):
        """Return the :class:`lib.load_plan.Plan` of what the trip carries; the last stop stands in front."""
        self.ensure_one()
        return load_plan.plan(self._load_units(), load_plan.Floor(**self._floor()))

    def _floor(self):
        category = self.vehicle_category_id
        sizes = {
            "length": category.paper_floor_length,
            "width": category.paper_floor_width,
            "height": category.paper_floor_height,
        }
        return {name: value for name, value in sizes.items() if value}

    def _load_drawing(self):
        """Return the plan to scale, and the names of what finds no place."""
        drawn = self._load_plan()
        floor = load_plan.Floor(**self._floor())
        return Markup(load_plan.drawing(drawn, floor)), [unit.name for unit in drawn.left]  # numbers and escaped names

    def _load_units(self):
        order = {stop.partner_id: number for number, stop in enumerate(self.stop_ids.sorted())}
        units = []
        for picking in self.picking_ids.sudo():  # sudo: the plan is drawn for whoever loads
            for line in picking._paper_lines():
                place = line.move_id.sale_line_id.paper_shipping_id or picking.partner_id
                units.append(line._load_unit(order.get(place, 0)))
        return units


def _plain(text):
    return "".join(char for char in (text or "").casefold() if char.isalnum())
