import json

from odoo import api, models

from ..way.paper_mill_demo import STAGES

PARAMETER = "paper_mill.demo"
# Each is a method, and whole or not there at all: a filling that was broken off goes on with the next one.
STEPS = (
    "received",
    "people",
    *STAGES[STAGES.index("evaluating") :],
    "stock",
    "rolls",
    "floor",
    "panels",
    "late",
    "rejected",
    "complaints",
    "online",
    "types",
    "history",
    "means",
)


class PaperMillDemo(models.AbstractModel):
    """How the demo mill is filled: step by step, each in a transaction of its own, so that a server can be used meanwhile.

    How far it has come stands in the system parameter ``paper_mill.demo``: ``{"done": [step], "finished", "error"}``. A
    database without it has no demo mill, or an older one that is whole.
    """

    _inherit = "paper.mill.demo"

    @api.model
    def _begin(self):
        """Fill the demo mill; with ``paper_mill_demo_later`` in the context, note only that it is to be filled."""
        self._note([], False)
        if not self.env.context.get("paper_mill_demo_later"):
            while self._take_next():
                pass

    @api.model
    def _take_next(self):
        """Take the next step and note it, both or neither; return its name, False where none is left."""
        self.env["ir.config_parameter"].flush_model()
        # Whoever else fills the same database waits here, and then finds the step taken.
        self.env.cr.execute("SELECT value FROM ir_config_parameter WHERE key = %s FOR UPDATE", [PARAMETER])
        row = self.env.cr.fetchone()
        state = json.loads(row[0]) if row else {"finished": True}
        if state["finished"]:
            return False
        done = state["done"]
        left = [name for name in STEPS if name not in done]
        name = left[0]
        if name in STAGES and name != "received":
            self._walk(name)
        else:
            getattr(self, f"_{name}")()
        self._note([*done, name], len(left) == 1)
        return name

    @api.model
    def _note(self, done, finished, error=""):
        parameters = self.env["ir.config_parameter"].sudo()  # sudo: the filling keeps its own stamp
        parameters.set_param(PARAMETER, json.dumps({"done": done, "finished": finished, "error": error}))

    @api.model
    def _note_error(self, error):
        """Keep what went wrong in a step for those who look at the demo mill; empty when it is tried again."""
        state = self._filling()
        if state and state["error"] != error:
            self._note(state["done"], state["finished"], error)

    @api.model
    def _filling(self):
        # sudo: everybody in the mill may know that the demo data is not whole yet
        return json.loads(self.env["ir.config_parameter"].sudo().get_param(PARAMETER) or "null")

    @api.model
    def progress(self):
        """Return how far the filling has come: ``{"step" (from 1), "total", "words", "error"}``; False once it is whole."""
        state = self._filling()
        if not state or state["finished"]:
            return False
        number = len(state["done"])
        words = self._step_words()[STEPS[min(number, len(STEPS) - 1)]]
        return {"step": min(number + 1, len(STEPS)), "total": len(STEPS), "words": words, "error": state["error"]}

    @api.model
    def _step_words(self):
        _ = self.env._
        return {
            "received": _("orders arrive"),
            "people": _("the crews are entered"),
            "evaluating": _("orders go before the panel"),
            "evaluated": _("the panel decides"),
            "legal": _("contracts are drafted"),
            "sent": _("contracts are reviewed and sent"),
            "confirmed": _("contracts are signed"),
            "planned": _("production is planned"),
            "produced": _("paper is made and inspected"),
            "notified": _("dispatch is planned"),
            "delivered": _("paper is delivered"),
            "stock": _("paper is made for stock"),
            "rolls": _("reels are wound, cut and packed"),
            "floor": _("a shift reports at its machines"),
            "panels": _("more orders are evaluated"),
            "late": _("an order comes late"),
            "rejected": _("an inspection fails"),
            "complaints": _("customers complain"),
            "online": _("orders arrive online"),
            "types": _("samples, call-offs and toll orders come"),
            "history": _("two years of history are taken over"),
            "means": _("crews and trainings are planned"),
        }
