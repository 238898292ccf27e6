import logging

from odoo import SUPERUSER_ID, http
from odoo.http import request

from ..lib.order_feed import MAX_BYTES, FeedError, split_feed

_logger = logging.getLogger(__name__)


class IntakeWebhook(http.Controller):
    """Where marketplaces bring their orders (R3.1.1). The contract stands in the addon's readme."""

    @http.route(
        "/paper/intake/v1/<string:key>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=MAX_BYTES,
        paper_own_texts=("key",),
    )
    def receive(self, key, **_params):
        """Store the signed orders of a marketplace, then make orders of them.

        :return: 200 with what became of each, 401 not signed, 409 a known id with other content (the other orders of
            the call are stored), 422 no orders in it
        """
        body = request.httprequest.get_data(cache=True)
        channel = self._channel(key)
        headers = request.httprequest.headers
        given = headers.get("X-Paper-Timestamp", ""), body, headers.get("X-Paper-Signature", "")
        if not channel or not channel._is_signed(*given):
            _logger.info("Orders without a valid signature for channel key %r", key[:40])
            return self._answer(401, {"error": "signature", "message": "The signature or its time is not valid."})
        try:
            orders = split_feed(body)
        except FeedError as error:
            return self._answer(422, {"error": error.code, "message": str(error)})
        arrivals, conflicts = channel._receive_feed(orders, body)
        answer = {"orders": arrivals._feed_answer()}
        if conflicts:
            message = "These ids arrived before with other content; nothing was changed for them."
            return self._answer(409, {"error": "conflict", "message": message, "conflicts": conflicts, **answer})
        return self._answer(200, answer)

    def _channel(self, key):
        key = key if key.isascii() and key.isprintable() else ""  # no other is one of ours, nor can the database look for all
        # sudo: the sender is no user; its signature says who it is
        channels = request.env["paper.intake.channel"].sudo()
        channel = channels.search([("webhook_key", "=", key), ("kind", "=", "marketplace")], limit=1)
        company = channel.company_id
        return channel.with_user(SUPERUSER_ID).with_company(company).with_context(
            allowed_company_ids=company.ids, lang=company.partner_id.lang
        )

    def _answer(self, status, content):
        return request.make_json_response(content, status=status)
