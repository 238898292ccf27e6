from odoo import models
from odoo.addons.paper_capacity.lib.mill import bottleneck, name_closures
from odoo.addons.paper_capacity.lib.moments import HOLIDAY


class PaperEvaluation(models.Model):
    """Why no earlier date can be promised: what the days before it are spent on (R3.3.2)."""

    _inherit = "paper.evaluation"

    def _bottleneck(self, plan, before, demands, jobs, last):
        """Return (work centre id, seconds waited for it) of the line that is done last; of all where none waits there."""
        spent = {demand.key.id: before.reasons(demand, jobs[demand.key], plan.now) for demand in demands}
        worst, waited = bottleneck(spent.get(last["line"], []) if last else [])
        return (worst, waited) if worst else bottleneck([span for spans in spent.values() for span in spans])

    def _told_reasons(self, plan, demand, job, transit):
        """Return the reasons of the days before the promise: [{"kind", "what", "from", "until"}], moments in seconds."""
        told = []
        for kind, what, start, stop in plan.mill.reasons(demand, job, plan.now):
            if kind == "wait":
                told.append({"kind": what["kind"], "what": what["what"], "from": start, "until": stop})
            else:
                centre = plan.centres[what].display_name
                for named, name, begin, end in name_closures(kind, start, stop, plan.closures[what]):
                    reason = {"kind": named, "what": centre, "from": begin, "until": end}
                    if name == HOLIDAY:
                        reason["kind"] = "holiday"
                    elif name:
                        reason["name"] = name
                    told.append(reason)
        if transit:
            told.append({"kind": "transit", "what": transit, "from": job.finish, "until": job.finish + transit * 86400})
        return told
