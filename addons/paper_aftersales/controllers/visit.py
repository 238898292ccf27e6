import json

from markupsafe import Markup
from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, request, route
from odoo.tools import file_open
from werkzeug.exceptions import NotFound

MAX_POST = 30_000_000  # bytes of one report with its photos
MOST_EVENTS = 50


class VisitPage(Controller):
    """The page of a visitor on site: filled in without a network, sent once there is one (R7.2.1)."""

    def _visited(self, visit_id):
        visit = request.env["paper.quality.visit"].browse(visit_id).exists()
        try:
            visit.check_access("write")
        except AccessError as error:
            raise NotFound() from error
        if not visit:
            raise NotFound()
        return visit

    @route("/paper/visit/<int:visit_id>", type="http", auth="user", methods=["GET"])
    def visit_page(self, visit_id, **kw):
        visit = self._visited(visit_id)
        # Within a script only < could end it.
        data = json.dumps({**visit._phone_facts(), "url": f"/paper/visit/{visit_id}/events"}).replace("<", "\\u003c")
        lang = (request.env.lang or "en").replace("_", "-")
        html = request.env["ir.qweb"]._render(
            "paper_aftersales.visit_page", {"visit": visit, "data_markup": Markup(data), "lang": lang}
        )
        return request.make_response(html, [("Content-Type", "text/html; charset=utf-8"), ("Referrer-Policy", "no-referrer")])

    # The type of its content is one that no page of another site can send without asking first.
    @route(
        "/paper/visit/<int:visit_id>/events", type="http", auth="user", methods=["POST"], csrf=False, max_content_length=MAX_POST
    )
    def visit_events(self, visit_id, **kw):
        visit = self._visited(visit_id)
        if request.httprequest.mimetype != "application/json":
            return request.make_json_response({"error": "json"}, status=415)
        try:
            events = json.loads(request.httprequest.get_data())
            if not isinstance(events, list) or len(events) > MOST_EVENTS or not all(isinstance(event, dict) for event in events):
                raise ValueError
        except (ValueError, RecursionError):
            return request.make_json_response({"error": "json"}, status=400)
        answers = []
        for event in events:
            try:
                with request.env.cr.savepoint():
                    answers.append({"uid": event.get("uid"), "answer": visit._take_phone_event(event)})
            except UserError as error:
                answers.append({"uid": event.get("uid"), "answer": str(error)})
        return request.make_json_response({"answers": answers, "facts": visit._phone_facts()})

    @route("/paper/visit/worker.js", type="http", auth="public", methods=["GET"], sitemap=False)
    def visit_worker(self, **kw):
        with file_open("paper_aftersales/static/src/visit/worker.js", "rb") as script:
            headers = [("Content-Type", "text/javascript"), ("Service-Worker-Allowed", "/paper/visit/")]
            return request.make_response(script.read(), headers)
