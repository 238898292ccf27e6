import json

from markupsafe import Markup
from odoo.exceptions import UserError
from odoo.http import Controller, request, route
from odoo.tools import file_open
from werkzeug.exceptions import NotFound

from ..models.station.paper_floor_station import EVERY

MAX_POST = 2_000_000
TOKENS = ("token",)


class FloorPages(Controller):
    """The operator's page of a machine: opened by the token of its tablet, worked on by who signed in there by badge or PIN."""

    def _station(self, token):
        """Return the tablet that a token opens, in sudo; a guessed or revoked one is not found."""
        # sudo: the token stands for the right
        station, alive = request.env["paper.floor.station"]._link_find("floor", token)
        if not station or not alive or not station.active:
            raise NotFound()
        lang = request.httprequest.args.get("lang") or station.company_id.partner_id.lang or "zh_CN"
        known = {code for code, _name in request.env["res.lang"].get_installed()}
        return station.with_context(lang=lang if lang in known else None, tz=str(station.company_id._paper_zone()))

    @route("/paper/floor/<string:token>", type="http", auth="public", methods=["GET"], sitemap=False, paper_own_texts=TOKENS)
    def page(self, token, **kw):
        station = self._station(token)
        facts = station._floor_facts()
        # Within a script only < could end it.
        data = json.dumps({**facts, "url": f"/paper/floor/{token}/events"}).replace("<", "\\u003c")
        values = {"facts": facts, "data_markup": Markup(data), "page_lang": (station.env.lang or "en").replace("_", "-")}
        html = station.env["ir.qweb"]._render("paper_shopfloor.floor_page", values)
        return request.make_response(html, [("Content-Type", "text/html; charset=utf-8"), ("Referrer-Policy", "no-referrer")])

    @route(
        "/paper/floor/<string:token>/events",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,  # the token in the path is known to nobody but the tablet
        max_content_length=MAX_POST,
        paper_own_texts=TOKENS,
    )
    def events(self, token, **kw):
        station = self._station(token)
        return self._answer(lambda said: {"answers": station._take_events(said, EVERY), "facts": station._floor_facts()})

    @route(
        "/paper/floor/<string:token>/person/<string:act>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,  # as above
        max_content_length=10_000,
        paper_own_texts=TOKENS,
    )
    def person(self, token, act, **kw):
        station = self._station(token)
        acts = {
            "sign_in": lambda said: station._sign_in(said.get("code")),
            "sign_out": lambda said: station._sign_out(said.get("session")),
            "hand_over": lambda said: station._sign_log(said.get("code"), "hand_over", said.get("open")),
            "take_over": lambda said: station._sign_log(said.get("code"), "take_over"),
            "weigh": lambda said: {"kg": station._weigh()},
        }
        if act not in acts:
            raise NotFound()

        def taken(said):
            told = acts[act](said if isinstance(said, dict) else {})
            return told if act == "weigh" else {**told, "facts": station._floor_facts()}

        return self._answer(taken)

    @route("/paper/floor/worker.js", type="http", auth="public", methods=["GET"], sitemap=False)
    def worker(self, **kw):
        with file_open("paper_base/static/src/outbox/worker.js", "rb") as script:
            return request.make_response(script.read(), [("Content-Type", "text/javascript")])

    def _answer(self, act):
        if request.httprequest.mimetype != "application/json":
            return request.make_json_response({"error": "json"}, status=415)
        try:
            return request.make_json_response(act(json.loads(request.httprequest.get_data())))
        except UserError as error:
            return request.make_json_response({"error": str(error)}, status=400)
        except (ValueError, RecursionError):
            return request.make_json_response({"error": "json"}, status=400)
