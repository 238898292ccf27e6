import xmlrpc.client

from odoo.addons.rpc.controllers import RPC
from odoo.addons.rpc.controllers.xmlrpc import dumps
from odoo.http import dispatch_rpc, request

from ..unreadable import check_readable, in_log, in_words, is_of_client


class PaperRpc(RPC):
    """Programs that call over XML-RPC are answered as clear as the web client is, see :mod:`..unreadable`.

    Odoo answers those calls past ``ir.http._handle_error``, where every other request is told in words.
    """

    def _xmlrpc(self, service):
        # What is called is read here and not in super(): a call that was carried out must not be told as one that was
        # not, only because its result cannot be sent.
        call = {}
        try:
            params, method = self._read_call()
            call = self._named(service, method, params)
            check_readable(request.env, params)
            result = dispatch_rpc(service, method, params)
        except Exception as error:
            told = in_words(request.env, error, is_of_client(call, "xmlrpc", error))
            if told is error:
                raise
            raise in_log(told, error) from error
        return dumps((result,))

    def _read_call(self):
        """Return parameters and name of the method of the request.

        :raises ValueError: when it is no XML-RPC
        """
        try:
            return xmlrpc.client.loads(request.httprequest.get_data(), use_datetime=True)
        except Exception as error:  # whatever the parser says of it: its errors have no class in common
            raise ValueError("This is no call over XML-RPC.") from error

    def _named(self, service, method, params):
        """Return what is called as the web client would name it, {} for what is no call of a model's method.

        :raises ValueError: when a model's method is called in a way that there is not
        """
        if service != "object":
            return {}
        if method not in ("execute", "execute_kw") or len(params) < 5:
            raise ValueError(f"{method} with {len(params)} parameters")
        name, args = params[4], params[5:]
        if method == "execute":
            return {"method": name, "args": list(args), "kwargs": {}}
        return {"method": name, "args": args[0] if args else None, "kwargs": args[1] if len(args) > 1 else {}}
