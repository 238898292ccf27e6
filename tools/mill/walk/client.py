"""A person at the keyboard: one logged-in session that speaks to the server as the web client does."""

import http.cookiejar
import json
import urllib.error
import urllib.request

from ..clock import ZONE


class Refused(Exception):
    """The server refused; ``name`` is the error's class on the server, the text is what a person reads."""

    def __init__(self, name, text):
        super().__init__(text)
        self.name = name


class Person:
    """One user's session.

    :param url: address of the server
    :param database: name of the database
    :param login, password: of the user
    """

    def __init__(self, url, database, login, password, lang="zh_CN"):
        self.url, self.login, self.lang = url, login, lang
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        session = self.post("/web/session/authenticate", {"db": database, "login": login, "password": password})
        if not session.get("uid"):
            raise Refused("AccessDenied", f"{login} cannot log in")
        self.uid = session["uid"]

    def post(self, path, params, timeout=300):
        """Send a JSON-RPC request to a route and return its result.

        :raises Refused: with the server's own sentence
        """
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "call", "params": params}).encode()
        request = urllib.request.Request(self.url + path, body, {"Content-Type": "application/json"})
        with self.opener.open(request, timeout=timeout) as answer:
            reply = json.load(answer)
        if "error" in reply:
            data = reply["error"].get("data") or {}
            raise Refused(data.get("name", reply["error"].get("message", "")), data.get("message") or str(reply["error"]))
        return reply.get("result")

    def call(self, model, method, *args, **kwargs):
        """Call a public method of a model, as a button of the web client does."""
        context = {"lang": self.lang, "tz": ZONE, **kwargs.pop("context", {})}
        params = {"model": model, "method": method, "args": list(args), "kwargs": {**kwargs, "context": context}}
        return self.post(f"/web/dataset/call_kw/{model}/{method}", params)

    def search(self, model, domain, names, **kwargs):
        return self.call(model, "search_read", domain, names, **kwargs)

    def read(self, model, record_id, *names):
        return self.call(model, "read", [record_id], list(names))[0]

    def create(self, model, values):
        return self.call(model, "create", [values])[0]

    def write(self, model, record_id, values):
        return self.call(model, "write", [record_id], values)

    def get(self, path, timeout=300):
        """Fetch a page or a file and return its bytes."""
        with self.opener.open(self.url + path, timeout=timeout) as answer:
            return answer.read()

    def xmlid(self, name):
        """Return the id of a record by its xmlid."""
        module, _, key = name.partition(".")
        found = self.search("ir.model.data", [("module", "=", module), ("name", "=", key)], ["res_id"])
        return found[0]["res_id"]
