from odoo import http
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request
from werkzeug.urls import url_encode

MESSAGES = ("accepted", "declined", "answered")


class EvaluationPortal(CustomerPortal):
    """Where the customer answers: what the mill offers in place of an order that did not pass, and what its panel
    asks him. By login or by the link of the letter; nothing internal is on the page (R3.3.1, R3.4)."""

    def _answered_order(self, order_id, access_token):
        """Return the order, in sudo, if its reader may see it by login or by token; None otherwise."""
        try:
            return self._document_check_access("sale.order", order_id, access_token=access_token)
        except (AccessError, MissingError):
            return None

    @http.route("/my/orders/<int:order_id>/alternatives", type="http", auth="public", website=True)
    def portal_alternatives(self, order_id, access_token=None, message=None, **kwargs):
        """Show what is open with the customer."""
        order = self._answered_order(order_id, access_token)
        if not order or not order.is_paper_order:
            return request.redirect("/my")
        return self._render_alternatives(order, access_token, message=message if message in MESSAGES else None)

    def _render_alternatives(self, order, access_token, message=None, error=None):
        evaluation = order._current_evaluation()
        offered = evaluation.alternative_ids.filtered(lambda rec: rec.state == "offered")
        questions = evaluation.question_ids.filtered(lambda rec: rec.state == "asked")
        values = {
            # By this name the page is among the orders: by "order" it would be among the mill's purchases.
            "sale_order": order,
            "evaluation": evaluation,
            "alternatives": offered if evaluation and evaluation._is_offer_open() else offered.browse(),
            "questions": questions if evaluation.state == "open" else questions.browse(),
            "page_name": "order",
            "access_token": access_token,
            "message": message,
            "error": error,
        }
        return request.render("paper_order_evaluation.portal_alternatives", values)

    @http.route(
        "/my/orders/<int:order_id>/alternatives/<int:alternative_id>/accept",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def portal_accept_alternative(self, order_id, alternative_id, access_token=None, **kwargs):
        """Accept one alternative: the order goes on with it as its next revision."""

        def accept(order):
            alternatives = order.paper_evaluation_ids.alternative_ids
            self._one(alternatives, alternative_id)._accept(self._who(order), author=self._speaker(order))

        return self._answer(order_id, access_token, "accepted", accept)

    @http.route("/my/orders/<int:order_id>/alternatives/decline", type="http", auth="public", methods=["POST"], website=True)
    def portal_decline_alternatives(self, order_id, access_token=None, note=None, **kwargs):
        """Decline all that is offered, with a word of the customer's own."""

        def decline(order):
            order._current_evaluation()._decline(self._who(order), note=note, author=self._speaker(order))

        return self._answer(order_id, access_token, "declined", decline)

    @http.route(
        "/my/orders/<int:order_id>/questions/<int:question_id>/answer",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def portal_answer_question(self, order_id, question_id, access_token=None, answer=None, **kwargs):
        """Answer a question of the panel; its time goes on."""

        def reply(order):
            questions = order.paper_evaluation_ids.question_ids
            self._one(questions, question_id)._answer(answer, self._who(order), author=self._speaker(order))

        return self._answer(order_id, access_token, "answered", reply)

    def _answer(self, order_id, access_token, message, answer):
        """Take an answer; a refused one is told on the page and changes nothing."""
        order = self._answered_order(order_id, access_token)
        # Whoever works for the mill reads every order, but answers for no customer here.
        if not order or request.env.user._is_internal():
            return request.redirect("/my")
        # sudo: the access was checked; only the step that the customer chose is done for him
        order = order.sudo().with_context(lang=request.env.lang)
        try:
            with request.env.cr.savepoint():
                answer(order)
        except UserError as error:
            return self._render_alternatives(order, access_token, error=str(error))
        query = {"message": message, **({"access_token": access_token} if access_token else {})}
        return request.redirect(f"/my/orders/{order.id}/alternatives?{url_encode(query)}")

    def _one(self, records, record_id):
        """Return the record of this order that the address names.

        :raises MissingError: if it belongs to another order
        """
        found = records.filtered(lambda record: record.id == record_id)
        if not found:
            raise MissingError(request.env._("This document does not exist."))
        return found

    def _who(self, order):
        """Return who answers, by which way: for the record."""
        user, address = request.env.user, request.httprequest.remote_addr
        if user._is_public():
            partner = order.partner_id.name
            return request.env._("by the link sent to %(partner)s, from %(address)s", partner=partner, address=address)
        return request.env._("%(user)s in the portal, from %(address)s", user=user.name, address=address)

    def _speaker(self, order):
        return order.partner_id if request.env.user._is_public() else request.env.user.partner_id
