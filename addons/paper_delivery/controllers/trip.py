import json

from markupsafe import Markup
from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, request, route
from odoo.tools import file_open
from werkzeug.exceptions import NotFound

from ..exceptions import DeliveryEventError
from ..models.phone.stock_picking_batch import DRIVER

MAX_POST = 30_000_000  # bytes of one report with its photos
TOKENS = ("token",)
LOADERS = ("paper_base.group_logistics", "paper_base.group_warehouse")


class TripPages(Controller):
    """The pages of phones: the driver's, opened by a link without login, and the loader's; both work without a network."""

    def _driven(self, token):
        """Return the trip that the driver's link opens, in sudo; a guessed, stale or revoked one is not found."""
        # sudo: the token stands for the right
        trip, alive = request.env["stock.picking.batch"]._link_find("drive", token)
        if not trip or not alive or trip.paper_state == "aborted":
            raise NotFound()
        lang = request.httprequest.args.get("lang") or trip.company_id.partner_id.lang or "zh_CN"
        known = {code for code, _name in request.env["res.lang"].get_installed()}
        return trip.with_context(lang=lang if lang in known else None)

    def _loaded(self, batch_id):
        """Return the trip that a loader of the mill opens."""
        user = request.env.user
        trip = request.env["stock.picking.batch"].browse(batch_id).exists()
        if not any(user.has_group(group) for group in LOADERS) or not trip.is_paper_trip:
            raise NotFound()
        try:
            trip.check_access("read")
        except AccessError as error:
            raise NotFound() from error
        return trip

    @route("/d/<string:token>", type="http", auth="public", methods=["GET"], sitemap=False, paper_own_texts=TOKENS)
    def driver_page(self, token, **kw):
        trip = self._driven(token)
        return self._page(trip, trip._phone_facts("drive"), f"/d/{token}/events")

    @route(
        "/d/<string:token>/events",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,  # the token in the path is known to nobody but the driver
        max_content_length=MAX_POST,
        paper_own_texts=TOKENS,
    )
    def driver_events(self, token, **kw):
        return self._answer(self._driven(token), DRIVER)

    @route("/paper/load/<int:batch_id>", type="http", auth="user", methods=["GET"])
    def load_page(self, batch_id, **kw):
        trip = self._loaded(batch_id)
        return self._page(trip, trip._phone_facts("load"), f"/paper/load/{batch_id}/events")

    # The type of its content is one that no page of another site can send without asking first.
    @route(
        "/paper/load/<int:batch_id>/events", type="http", auth="user", methods=["POST"], csrf=False, max_content_length=MAX_POST
    )
    def load_events(self, batch_id, **kw):
        return self._answer(self._loaded(batch_id), ("loaded",))

    @route("/d/worker.js", type="http", auth="public", methods=["GET"], sitemap=False)
    def worker(self, **kw):
        with file_open("paper_base/static/src/outbox/worker.js", "rb") as script:
            return request.make_response(script.read(), [("Content-Type", "text/javascript"), ("Service-Worker-Allowed", "/")])

    def _page(self, trip, facts, url):
        # Within a script only < could end it.
        data = json.dumps({**facts, "url": url}).replace("<", "\\u003c")
        values = {"trip": trip, "facts": facts, "data_markup": Markup(data), "lang": (trip.env.lang or "en").replace("_", "-")}
        html = trip.env["ir.qweb"]._render("paper_delivery.phone_page", values)
        return request.make_response(html, [("Content-Type", "text/html; charset=utf-8"), ("Referrer-Policy", "no-referrer")])

    def _answer(self, trip, kinds):
        if request.httprequest.mimetype != "application/json":
            return request.make_json_response({"error": "json"}, status=415)
        try:
            events = json.loads(request.httprequest.get_data())
            answers = trip._take_events(events, kinds)
        except (ValueError, RecursionError):
            return request.make_json_response({"error": "json"}, status=400)
        except (DeliveryEventError, UserError) as error:
            return request.make_json_response({"error": str(error)}, status=400)
        return request.make_json_response(
            {"answers": answers, "facts": trip._phone_facts("drive" if "sign" in kinds else "load")}
        )
