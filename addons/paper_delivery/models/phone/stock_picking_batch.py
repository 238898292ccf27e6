from datetime import datetime

from odoo import fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.exceptions import UserError
from psycopg2.errors import UniqueViolation

from ...exceptions import DeliveryEventError

LOGISTICS = "paper_base.group_logistics"
DRIVER = ("called", "arrived", "unloaded", "roll", "sign")
REPORTED = ("ok", "damaged", "missing", "refused")
MAX_EVENTS = 200  # in one go
MAX_TEXT = 2000


class StockPickingBatch(models.Model):
    """What phones report of a trip. Each report has an id that the phone made: what is sent twice is kept once."""

    _inherit = "stock.picking.batch"

    def _take_events(self, events, kinds):
        """Keep what a phone reports, and do what follows from it; one report that is wrong keeps no other back.

        :param events: list of ``{"uid", "kind", "at", "picking", "lot", "code", "verdict", "signer", "accepted", "remarks",
            "signature", "photos", "note"}`` as JSON brought them, in the order in which they happened
        :param kinds: what this phone may report
        :return: list of ``{"uid", "state": "kept" | "known" | "refused", "verdict", "message"}``
        :raises DeliveryEventError: where this is no such list
        """
        self.ensure_one()
        if not isinstance(events, list) or len(events) > MAX_EVENTS:
            raise DeliveryEventError(self.env._("A phone reports a list of at most %(number)s events.", number=MAX_EVENTS))
        return [self._take_event(event, kinds) for event in events]

    def _take_event(self, said_raw, kinds):
        uid = said_raw.get("uid") if isinstance(said_raw, dict) else None
        answer = {"uid": uid if isinstance(uid, str) else "", "state": "refused", "verdict": "", "message": ""}
        try:
            vals = self._prepare_event(said_raw, kinds)
            events = self.env["paper.delivery.event"].sudo()  # sudo: a phone writes no more than what it reports
            known = events.search([("uid", "=", vals["uid"])], limit=1)
            if known:
                return {**answer, "state": "known", "verdict": known.verdict or ""}
            with self.env.cr.savepoint():
                event = events._by_step().create(vals)
                event._keep_photos(self._photos(said_raw))
        except UniqueViolation:
            return {**answer, "state": "known"}
        except UserError as error:
            return {**answer, "message": str(error)}
        answer |= {"state": "kept", "verdict": event.verdict or ""}
        try:
            with self.env.cr.savepoint():
                self._follow_event(event, said_raw)
        except UserError as error:
            # It was reported, and stays; people see why it could not be followed.
            event._by_step().write({"note": str(error)[:MAX_TEXT]})
            self.company_id._paper_tell(LOGISTICS, self, str(error)[:200], kind=f"event {event.id}", quietly=True)
            answer["message"] = str(error)
        return answer

    def _photos(self, said_raw):
        photos = said_raw.get("photos") or []
        if not isinstance(photos, list):
            raise DeliveryEventError(self.env._("A photo is no picture, or too large."))
        return photos

    def _prepare_event(self, said_raw, kinds):
        """Return the values of an event, or refuse what cannot be read or is of other goods."""
        _ = self.env._
        if not isinstance(said_raw, dict):
            raise DeliveryEventError(_("What the phone reported cannot be read."))
        uid, kind = said_raw.get("uid"), said_raw.get("kind")
        if not isinstance(uid, str) or not 8 <= len(uid) <= 64 or kind not in kinds:
            raise DeliveryEventError(_("What the phone reported cannot be read."))
        picking = self.picking_ids.filtered(lambda rec: rec.id == said_raw.get("picking"))
        vals = {
            "uid": uid,
            "kind": kind,
            "batch_id": self.id,
            "picking_id": picking.id,
            "company_id": self.company_id.id,
            "user_id": self.env.uid,
            "happened_on": self._moment(said_raw.get("at")),
            "person": self._words(said_raw.get("signer")),
            "note": self._words(said_raw.get("note")),
            "code": self._words(said_raw.get("code")),
            "payload": {
                key: value if isinstance(value, int | float | bool) else str(value)[:MAX_TEXT]
                for key, value in said_raw.items()
                if key not in ("signature", "photos") and isinstance(key, str) and len(key) < 30
            },
        }
        if kind == "loaded":
            return vals | self._judge_scan(said_raw)
        if not picking:
            raise DeliveryEventError(_("This delivery is not on %(trip)s.", trip=self.name))
        if kind == "roll":
            lot = picking._paper_lines().lot_id.filtered(lambda rec: rec.id == said_raw.get("lot"))
            if not lot or said_raw.get("verdict") not in REPORTED:
                raise DeliveryEventError(_("This roll is not of %(delivery)s.", delivery=picking.name))
            vals |= {"lot_id": lot.id, "verdict": said_raw["verdict"]}
        return vals

    def _words(self, text):
        return said(text)[:MAX_TEXT] if isinstance(text, str) else False

    def _moment(self, at):
        """Return the moment that a phone names (ISO, UTC); now where it names none, or one to come."""
        now = fields.Datetime.now()
        try:
            moment = datetime.fromisoformat(at.replace("Z", "+00:00")).replace(tzinfo=None)
        except (AttributeError, ValueError, TypeError):
            return now
        return moment.replace(microsecond=0) if datetime(2000, 1, 1) < moment <= now else now

    # Loading by scan

    def _judge_scan(self, said_raw):
        """Return what a scanned code says: on this trip, on none of its deliveries, twice, on hold or unknown."""
        code = self._words(said_raw.get("code"))
        lots = self.env["stock.lot"].sudo()  # sudo: a scan is judged by what is, not by what the loader may read
        lot = lots.search([("name", "=", code), ("product_id.is_paper", "=", True)], limit=1) if code else lots
        own = self.picking_ids.filtered(lambda rec: lot and lot in rec._paper_lines().lot_id)[:1]
        events = self.env["paper.delivery.event"].sudo()
        if not lot:
            verdict = "unknown"
        elif not own:
            verdict = "wrong"
        elif not lot._may_load():
            verdict = "held"
        elif events.search_count(
            [("batch_id", "=", self.id), ("lot_id", "=", lot.id), ("verdict", "=", "ok"), ("kind", "=", "loaded")]
        ):
            verdict = "double"
        else:
            verdict = "ok"
        return {"lot_id": lot.id, "picking_id": own.id, "verdict": verdict}

    # What a phone shows; never a price

    def _phone_facts(self, mode):
        """Return what a phone shows of a trip, as plain values: stops with their deliveries and rolls, words, no price.

        :param mode: "drive" or "load"
        """
        self.ensure_one()
        trip = self.sudo()  # sudo: the link or the loader's right stands for it; nothing but goods and places is told
        scanned = trip.event_ids.filtered(lambda event: event.kind == "loaded" and event.verdict == "ok").lot_id
        told = {}
        for event in trip.event_ids.filtered(lambda rec: rec.kind == "roll").sorted("id"):
            told[event.lot_id.id] = event.verdict
        stops = [
            {
                "name": stop.partner_id.display_name,
                "place": stop.partner_id._paper_address(),
                "phone": stop.partner_id.phone or stop.partner_id.commercial_partner_id.phone or "",
                "window": f"{_hour(stop.window_from)}–{_hour(stop.window_to)}" if stop.window_to else "",
                "arrived": bool(stop.arrived_on),
                "unloaded": bool(stop.unloaded_on),
                "deliveries": [
                    trip._phone_delivery(rec, scanned, told)
                    for rec in trip.picking_ids
                    if stop.partner_id in rec._paper_delivery_places() and rec.state != "cancel"
                ],
            }
            for stop in trip.stop_ids.sorted()
        ]
        return {"mode": mode, "trip": trip.name, "plate": trip.paper_plate or "", "stops": stops, "words": self._phone_words()}

    def _phone_delivery(self, picking, scanned, told):
        rolls = {}
        for line in picking._paper_lines().filtered("lot_id"):
            kg = picking._in_kg(line.product_uom_id, line.quantity)
            roll = rolls.setdefault(line.lot_id.id, {"id": line.lot_id.id, "name": line.lot_id.name, "kg": 0.0})
            roll["kg"] = round(roll["kg"] + kg, 3)
            roll["scanned"] = line.lot_id in scanned
            roll["told"] = told.get(line.lot_id.id, "")
        return {
            "id": picking.id,
            "name": picking.name,
            "left": picking.state == "done",
            "signer": picking.paper_signer if picking.paper_proof_on else "",
            "goods": [
                f"{(line['spec'] or line['product']).display_name}: {round(line['kg'], 1)} kg" for line in picking._note_lines()
            ],
            "rolls": [*rolls.values()],
        }

    def _phone_words(self):
        _ = self.env._
        return {
            "called": _("Customer Called"),
            "arrived": _("Arrived"),
            "unloaded": _("Unloaded"),
            "call": _("Call the Customer"),
            "ok": _("Good"),
            "damaged": _("Damaged"),
            "missing": _("Missing"),
            "refused": _("Refused"),
            "wrong": _("Wrong roll: not on this trip"),
            "double": _("Scanned already"),
            "held": _("On hold: do not load"),
            "unknown": _("Unknown roll"),
            "photo": _("Photo"),
            "name": _("Name of the receiver"),
            "remarks": _("Remarks"),
            "accepted": _("Goods checked and accepted"),
            "sign": _("Sign"),
            "clear": _("Clear"),
            "note": _("Or a photo of the signed and sealed note"),
            "signed": _("Received by"),
            "waiting": _("Not sent yet: %s. They are sent as soon as there is a network."),
            "sent": _("Everything is sent"),
            "needed": _("Name and signature are missing"),
            "scan": _("Scan or type the number of a roll"),
            "camera": _("Camera"),
            "left": _("rolls to load"),
        }

    # What follows

    def _follow_event(self, event, said_raw):
        """Do what follows from an event. Override to do more."""
        picking = event.picking_id
        if event.kind in ("arrived", "unloaded"):
            name = f"{event.kind}_on"
            places = picking._paper_delivery_places()
            stops = self.stop_ids.sudo().filtered(lambda stop: stop.partner_id in places and not stop[name])  # sudo: see above
            stops._by_step().write({name: event.happened_on})
        elif event.kind == "sign":
            self._follow_signature(event, said_raw)

    def _follow_signature(self, event, said_raw):
        picking, signature = event.picking_id, said_raw.get("signature")
        if picking.paper_proof_on:
            second = {"signer": event.person, "remarks": said_raw.get("remarks"), "accepted": said_raw.get("accepted")}
            picking._keep_second(second, signature if isinstance(signature, str) else "", batch_id=self.id)
            return
        picking._record_proof(
            event.person,
            signature,
            received_on=self.company_id._paper_day(event.happened_on),
            accepted=said_raw.get("accepted") is not False,
            remarks=self._words(said_raw.get("remarks")) or None,
            lines=picking._received_by_roll(),
            noted=True,
        )


def _hour(value):
    minutes = round(value * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
