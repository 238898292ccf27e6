import json

from markupsafe import Markup
from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, request, route
from odoo.tools import file_open
from werkzeug.exceptions import NotFound

WAREHOUSE = "paper_base.group_warehouse"
KINDS = ("scan", "weigh")


class EntryPages(Controller):
    """The page on which the warehouse scans what enters stock; it goes on without a network."""

    def _note(self, note_id):
        note = request.env["paper.entry.note"].browse(note_id).exists()
        if not note or not request.env.user.has_group(WAREHOUSE):
            raise NotFound()
        try:
            note.check_access("read")
        except AccessError as error:
            raise NotFound() from error
        return note

    @route("/paper/entry/<int:note_id>", type="http", auth="user", methods=["GET"])
    def page(self, note_id, **kw):
        note = self._note(note_id)
        facts = note._entry_facts()
        # Within a script only < could end it.
        data = json.dumps({**facts, "url": f"/paper/entry/{note_id}/events"}).replace("<", "\\u003c")
        values = {"facts": facts, "data_markup": Markup(data), "page_lang": (note.env.lang or "en").replace("_", "-")}
        html = note.env["ir.qweb"]._render("paper_stock_entry.entry_page", values)
        return request.make_response(html, [("Content-Type", "text/html; charset=utf-8")])

    # The type of its content is one that no page of another site can send without asking first.
    @route(
        "/paper/entry/<int:note_id>/events", type="http", auth="user", methods=["POST"], csrf=False, max_content_length=1_000_000
    )
    def events(self, note_id, **kw):
        note = self._note(note_id)
        if request.httprequest.mimetype != "application/json":
            return request.make_json_response({"error": "json"}, status=415)
        try:
            answers = note._take_events(json.loads(request.httprequest.get_data()), KINDS)
        except UserError as error:
            return request.make_json_response({"error": str(error)}, status=400)
        except (ValueError, RecursionError):
            return request.make_json_response({"error": "json"}, status=400)
        return request.make_json_response({"answers": answers, "facts": note._entry_facts()})

    @route("/paper/entry/worker.js", type="http", auth="public", methods=["GET"], sitemap=False)
    def worker(self, **kw):
        with file_open("paper_base/static/src/outbox/worker.js", "rb") as script:
            return request.make_response(script.read(), [("Content-Type", "text/javascript")])
