from odoo import http
from odoo.addons.paper_base.exceptions import RecordBusyError
from odoo.addons.paper_base.models.steps.locking import lock_or_tell
from odoo.http import request

from ..exceptions import CompletionAnswerError

# The link is worth an answer in the customer's name: it goes into no cache, no search engine and no other site's log.
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
MAX_FORM = 64 * 1024
PAGE = {"type": "http", "auth": "public", "website": True, "sitemap": False, "paper_own_texts": ("token",)}


class CompletionPage(http.Controller):
    """The page on which a customer fills in what his order lacks: by his link, without a login (R3.2.1)."""

    @http.route("/paper/complete/<string:token>", methods=["GET"], **PAGE)
    def completion_page(self, token, **kwargs):
        """Show what is asked, or why nothing is asked any more. Changes nothing: mail scanners open links, too."""
        completion, revoked = self._find(token)
        if not completion:
            return self._closed("unknown", status=404)
        if revoked or not self._is_answerable(completion):
            return self._closed(self._why_closed(completion), completion)
        return self._form(completion, token, note=kwargs.get("note"))

    @http.route("/paper/complete/<string:token>", methods=["POST"], max_content_length=MAX_FORM, **PAGE)
    def completion_answer(self, token, **posted):
        """Take the answers; the order is complete, or the next question follows."""
        completion, revoked = self._find(token)
        if not completion:
            return self._closed("unknown", status=404)
        # Two answers at once: one is taken, the other is told so at once; no worker of the mill's waits for a visitor.
        try:
            lock_or_tell(completion)
        except RecordBusyError:
            return self._form(completion, token, posted, note="busy", status=409)
        request.env.invalidate_all()
        completion, revoked = self._find(token)
        if revoked or not self._is_answerable(completion):
            return self._closed(self._why_closed(completion), completion)
        completion = completion.with_context(lang=completion._customer_lang())
        posted = {name: value for name, value in posted.items() if isinstance(value, str)}
        try:
            errors, follows = completion._answer(posted, "link", ip=request.httprequest.remote_addr)
        except CompletionAnswerError:
            return self._closed("over", completion)
        if errors:
            return self._form(completion, token, posted, errors, status=422)
        if follows == "next":
            return request.redirect(f"{self._path(completion._ask(send=True))}?note=next", local=True)
        note = "" if follows == "done" else "?note=open"
        return request.redirect(f"/paper/complete/{token}{note}", local=True)

    def _find(self, token):
        return request.env["paper.completion.request"]._find_by_link(token)

    def _is_answerable(self, completion):
        return completion.state == "asked" and completion.order_id.state in ("draft", "sent")

    def _why_closed(self, completion):
        if completion.state == "done":
            return "done"
        return "newer" if self._is_answerable(completion) else "over"

    def _path(self, link):
        return link[link.index("/paper/complete/") :]

    def _form(self, completion, token, posted=None, errors=None, note=None, status=200):
        questions = completion._questions()
        for question in questions:
            for item in question["inputs"]:
                item["value"] = (posted or {}).get(item["name"], item["value"])
                item["error"] = (errors or {}).get(item["name"])
        shared = {}  # what contradicts is said once, not at each of the figures
        for question in questions:
            for item in question["inputs"]:
                if item["error"] and shared.setdefault(item["error"], item["name"]) != item["name"]:
                    item["error_again"] = True
        values = {
            "completion": completion,
            "order": completion.order_id,
            "questions": questions,
            "token": token,
            "errors": errors or {},
            "note": note if note in ("next", "open", "busy") else None,
        }
        return self._render("paper_order_completeness.completion_form", completion, values, status)

    def _closed(self, why, completion=None, status=200):
        return self._render("paper_order_completeness.completion_closed", completion, {"why": why}, status)

    def _render(self, template, completion, values, status):
        if completion:
            request.update_context(lang=completion._customer_lang())
            values["res_company"] = completion.company_id
        # sudo: a visitor reads what the mill calls itself
        values.setdefault("res_company", request.env.company.sudo())
        values["seller"] = completion.order_id.user_id if completion else None
        return request.render(template, values, headers=PRIVATE, status=status)
