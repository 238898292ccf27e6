from odoo import models
from odoo.http import request

from ...exceptions import PaperError
from ...unreadable import check_readable, in_log, in_words, is_of_client


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        # A route that is called from outside by a text of its own, a link or a key, answers in its own way whatever it is.
        own = endpoint.routing.get("paper_own_texts", ())
        check_readable(request.env, {name: value for name, value in request.params.items() if name not in own})
        return super()._dispatch(endpoint)

    @classmethod
    def _handle_error(cls, exception):
        # A request that fails before it is read, such as one of a session that ended, has no parameters.
        params = getattr(request, "params", None) or {}
        sent = is_of_client(params, request.dispatcher.routing_type, exception)
        # The database is not asked for a translation after it failed.
        request.env.cr.rollback()
        told = in_words(request.env, exception, sent)
        if told is not exception:
            in_log(exception, exception)
        return super()._handle_error(told)

    @classmethod
    def _get_error_html(cls, env, code, values):
        # A customer who meets a rule on a page reads its sentence and a way back, not that something went wrong.
        if isinstance(values.get("exception"), PaperError):
            return code, env["ir.ui.view"]._render_template("paper_base.refusal_page", values)
        return super()._get_error_html(env, code, values)
