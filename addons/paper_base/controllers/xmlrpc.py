from odoo.addons.rpc.controllers.xmlrpc import XMLRPC
from odoo.http import request

from ..unreadable import in_words


class PaperXMLRPC(XMLRPC):
    """Programs of others that call by XML-RPC read a sentence as well, and not where in the program it went wrong."""

    def _xmlrpc(self, service):
        try:
            return super()._xmlrpc(service)
        except Exception as error:
            # Without a database of its own, a request has nothing in which the sentence could be translated.
            told = in_words(request.env, error, service == "object") if request.env else error
            if told is error:
                raise
            raise told from error
