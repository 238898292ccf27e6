from xmlrpc.client import loads

from odoo import SUPERUSER_ID, api
from odoo.addons.rpc.controllers.xmlrpc import XMLRPC
from odoo.http import request
from odoo.modules.registry import Registry

from ..unreadable import in_words


class PaperXMLRPC(XMLRPC):
    """Programs of others that call by XML-RPC read a sentence as well, and not where in the program it went wrong."""

    def _xmlrpc(self, service):
        try:
            return super()._xmlrpc(service)
        except Exception as error:
            told = self._in_words(error) if service == "object" else error
            if told is error:
                raise
            raise told from error

    def _in_words(self, error):
        """Return the error that is told instead, in the language of who calls; the database is named in the call."""
        try:
            (database, uid, *_rest), _method = loads(request.httprequest.get_data(), use_datetime=True)
            with Registry(database).cursor() as cursor:
                env = api.Environment(cursor, SUPERUSER_ID, {})
                lang = env["res.users"].browse(uid).exists().lang if type(uid) is int else None
                return in_words(env(context={"lang": lang or "en_US"}), error, True)
        except Exception:  # noqa: BLE001 - what named no database of ours is told as Odoo tells it
            return error
