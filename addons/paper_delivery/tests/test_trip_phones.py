import json

from odoo import fields
from odoo.addons.paper_delivery.exceptions import DeliveryEventError, TripError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import signature
from .test_trip import TripCommon


@tagged("post_install", "-at_install")
class TestTripPhones(TripCommon, HttpCase):
    """What phones report of a trip."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.notice = cls._rolls("P", 3)
        cls.foreign = cls._rolls("Q", 1)
        cls.trip = cls._trip(cls.notice)
        cls.picking = cls.notice.picking_ids

    def _post(self, path, events, mimetype="application/json"):
        return self.url_open(path, data=json.dumps(events), headers={"Content-Type": mimetype})

    def _event(self, uid, kind, **vals):
        return {"uid": f"phone-id-{uid}", "kind": kind, "picking": self.picking.id, "at": "2026-01-05T02:00:00Z", **vals}

    def test_loaded_by_scan(self):
        """R6.2.2: each roll is scanned once; a wrong, double, held or unknown one is told at once; the check needs all."""
        self.company.paper_scan_loading = True
        self.trip.action_load()
        self._pack(self.picking)
        self.authenticate(self.stock.login, self.stock.login)
        path = f"/paper/load/{self.trip.id}"
        self.assertIn(self.trip.name, self.url_open(path).text)
        self.env["stock.lot"].search([("name", "=", "P2")])._by_step().paper_disposition = "held"
        codes = ("P0", "P0", "Q0", "XX", "P2")
        answers = self._post(f"{path}/events", [self._event(n, "loaded", code=code) for n, code in enumerate(codes)])
        self.assertEqual([item["verdict"] for item in answers.json()["answers"]], ["ok", "double", "wrong", "unknown", "held"])
        again = self._post(f"{path}/events", [self._event(0, "loaded", code="P0")]).json()["answers"]
        self.assertEqual(again[0]["state"], "known")
        with self.assertRaisesRegex(Exception, "P1"):
            self.picking.with_user(self.stock).action_check_loading()
        self.env["stock.lot"].search([("name", "=", "P2")])._by_step().paper_disposition = "sale"
        self._post(f"{path}/events", [self._event("a", "loaded", code="P1"), self._event("b", "loaded", code="P2")])
        self.picking.with_user(self.stock).action_check_loading()
        self.assertEqual(self.picking.paper_loading_state, "passed")

    def test_driver(self):
        """R6.3.1: the driver reports arrival, each roll and the signature by his link, each once whatever is sent twice; what
        was not accepted is neither billed nor left without a way back.
        """
        self._sent(self.trip)
        token = self.trip._drive_url().rpartition("/")[2]
        self.authenticate(None, None)
        page = self.url_open(f"/d/{token}")
        self.assertIn("P0", page.text)
        for price in ("price", "amount", "6000", "6,000"):
            self.assertNotIn(price, page.text)
        lots = {lot.name: lot.id for lot in self.picking.move_line_ids.lot_id}
        events = [
            self._event("arr", "arrived"),
            self._event("r1", "roll", lot=lots["P1"], verdict="refused", note="Wet", photos=[signature()]),
            self._event("r2", "roll", lot=lots["P2"], verdict="missing"),
            self._event("sig", "sign", signer="Ms Chen", accepted=True, remarks="One wet", signature=signature()),
        ]
        for _time in range(2):
            answers = self._post(f"/d/{token}/events", events).json()["answers"]
        self.assertEqual({item["state"] for item in answers}, {"known"})
        reported = self.picking.paper_event_ids.filtered("uid")
        self.assertEqual(len(reported), 4)
        self.assertTrue(reported.filtered(lambda event: event.verdict == "refused").photo_ids)
        self.assertEqual(str(self.trip.stop_ids.arrived_on), "2026-01-05 02:00:00")
        self.assertRecordValues(
            self.picking.paper_receipt_ids, [{"received_kg": 1000, "refused_kg": 500, "accepted_kg": 500, "billed_kg": 500}]
        )
        self.assertRecordValues(
            self.picking, [{"paper_signer": "Ms Chen", "paper_received_on": fields.Date.to_date("2026-01-05")}]
        )
        back = self.env["stock.picking"].search([("return_id", "=", self.picking.id)])
        self.assertEqual((back.state != "done", back.move_ids.product_uom_qty), (True, 500))
        self.assertEqual(self.notice.order_id.order_line.qty_to_invoice, 500)
        second = self._post(f"/d/{token}/events", [self._event("sig2", "sign", signer="Mr Wang", signature=signature())])
        self.assertEqual(second.json()["answers"][0]["state"], "kept")
        self.assertEqual(self.picking.paper_signer, "Ms Chen")
        self.assertTrue(self.picking.paper_event_ids.filtered(lambda event: event.kind == "second").photo_ids)

    def test_who_opens_it(self):
        """R6.3.1: a guessed, stale or revoked link, another customer and the loader's page for strangers open nothing."""
        self._sent(self.trip)
        url = self.trip._drive_url()
        token = url.rpartition("/")[2]
        new_test_user(self.env, "phone_portal", groups="base.group_portal")
        for login in (None, "phone_portal"):
            self.authenticate(login, login)
            for path in ("/d/guessed", f"/d/{self.picking._link_issue('sign', keep=True)}", f"/d/{token}x"):
                self.assertEqual(self.url_open(path).status_code, 404)
                self.assertEqual(self._post(f"{path}/events", []).status_code, 404)
            self.assertNotIn(self.trip.name, self.url_open(f"/paper/load/{self.trip.id}").text)
        self.assertEqual(self.url_open(f"/d/{token}").status_code, 200)
        self.trip.action_revoke_link()
        self.assertEqual(self.url_open(f"/d/{token}").status_code, 404)
        token = self.trip._drive_url().rpartition("/")[2]
        self.trip._links("drive")._by_step().write({"expires_on": fields.Datetime.subtract(fields.Datetime.now(), hours=1)})
        self.assertEqual(self._post(f"/d/{token}/events", [self._event("late", "arrived")]).status_code, 404)

    def test_bad_input(self):
        """R6.3.1: what cannot be read, or is of other goods, is refused by name, and nothing else is lost with it."""
        self._sent(self.trip)
        token = self.trip._drive_url().rpartition("/")[2]
        self.authenticate(None, None)
        path = f"/d/{token}/events"
        self.assertEqual(self._post(path, [], "text/plain").status_code, 415)
        for body in ("{", "[" * 100000, json.dumps({"a": 1}), json.dumps([{}] * 201)):
            answer = self.url_open(path, data=body, headers={"Content-Type": "application/json"})
            self.assertEqual(answer.status_code, 400)
        foreign = self.foreign.picking_ids
        script = "<script>alert(1)</script>"
        events = [
            7,
            self._event("1", "sign"),
            self._event("x" * 70, "arrived"),
            self._event("foreign-1", "arrived", picking=foreign.id),
            self._event("foreign-2", "roll", lot=foreign.move_line_ids.lot_id.id, verdict="ok"),
            self._event("kind-1", "loaded", code="P0"),
            self._event("photo-1", "called", photos=["no picture"]),
            self._event("photo-2", "called", photos=[signature()] * 7),
            self._event("script", "called", signer=script, note=script),
        ]
        answers = self._post(path, events).json()["answers"]
        self.assertEqual([item["state"] for item in answers], ["refused"] + ["kept"] + ["refused"] * 6 + ["kept"])
        self.assertTrue(answers[1]["message"], "kept, but a name is missing")
        self.assertFalse(self.picking.paper_proof_on or foreign.paper_event_ids)
        self.assertNotIn(script, self.url_open(f"/d/{token}").text)
        with self.assertRaises(DeliveryEventError):
            self.trip._take_events("no list", ("called",))
        with self.assertRaises(TripError):
            self.trip.with_user(self.logistics).event_ids = False
