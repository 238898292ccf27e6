import logging
import time
from datetime import timedelta

from odoo import api, fields, models, modules
from odoo.addons.paper_base.models.steps.locking import lock_or_tell
from odoo.exceptions import LockError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ...lib.plan import NONE
from ...lib.solve import solve
from ...lib.stock import plan_stock

_logger = logging.getLogger(__name__)
SILENCE = timedelta(minutes=3)  # without a sign of life for so long a job has died
MOST_ATTEMPTS = 3
LOOK = 2.0  # seconds between two looks at what people want
TRIES = 5
STOCK_SECONDS = 15.0


class PaperTrimProblem(models.Model):
    """The computing itself: taken up by the job, one problem at a time, and kept as a whole or not at all."""

    _inherit = "paper.trim.problem"

    job_ids = fields.One2many("paper.trim.job", "problem_id", string="Computing")

    def _action_waiting(self):
        # sudo: whoever may have it computed starts the job
        jobs = self.env["paper.trim.job"].sudo()
        jobs.search([("problem_id", "in", self.ids)]).unlink()
        jobs._by_step().create([{"problem_id": problem.id} for problem in self])
        self.env.ref("paper_trim.cron_compute").sudo()._trigger()  # sudo: as above

    @api.model
    def _commits(self):
        """Return whether steps may be committed; tests undo everything at their end."""
        return not modules.module.current_test

    @api.model
    def _commit(self, done=0, remaining=None):
        """End a step of the job; return the seconds that the job has left."""
        if not self._commits():
            self.env.flush_all()
            return float("inf")
        return self.env["ir.cron"]._commit_progress(done, remaining=remaining)

    @api.model
    def _cron_compute(self):
        """Compute what waits, and take up anew what a crash left (R5.1.1)."""
        while True:
            # sudo: the job computes what all companies have waiting
            due = self.sudo().search(self._due_domain(), order="write_date, id")
            if not due or not self._commit(remaining=len(due)):
                return
            # What the job writes into the chatter its planner reads.
            taken = due[0].with_context(lang=due[0].user_id.lang or self.env.lang)
            if taken._take_up():
                taken._compute_taken()
            self._commit(1)
            self.env.invalidate_all()

    @api.model
    def _due_domain(self):
        silent = fields.Datetime.now() - SILENCE
        dead = Domain("state", "=", "computing") & Domain("job_ids.seen_on", "<", silent)
        return Domain("state", "=", "waiting") | dead

    def _take_up(self):
        """Note that the problem is being computed; return whether there is something to compute."""
        try:
            lock_or_tell(self)
        except LockError:
            return False
        job = self.job_ids
        if self.state == "computing" and job.attempts >= MOST_ATTEMPTS:
            self._give_up(self.env._("Computing it broke off %(count)s times.", count=job.attempts))
            return False
        now = fields.Datetime.now()
        job._by_step().write({"began_on": now, "seen_on": now, "attempts": job.attempts + 1, "phase": "first", "seconds": 0.0})
        if self.state == "waiting":
            self._follow_to("computing")
        self._commit()
        return True

    def _give_up(self, reason):
        self._follow_to("draft")
        self.message_post(body=reason)

    def _compute_taken(self):
        """Compute the trim and keep its results together; what people took back meanwhile is dropped."""
        watch = _Watch(self)
        try:
            found = self._solve(watch)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:
            _logger.exception("the trim %s could not be computed", self.name)
            if self._commits():
                self.env.cr.rollback()
            self._give_up(self.env._("It could not be computed: %(error)s", error=str(error) or type(error).__name__))
            return
        for turn in range(TRIES):
            try:
                self._keep_results(*found)
                self._commit()
                return
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                if turn == TRIES - 1 or not self._commits():
                    raise
                self.env.cr.rollback()

    def _solve(self, watch):
        """Return (plan, rewound stock reels): the stock first, then the least waste and the fewest patterns of what is left."""
        problem, rewound = self._build(), ()
        if self.reel_ids:
            found = plan_stock(
                problem,
                [reel._prepare_reel() for reel in self.reel_ids],
                value=self._paper_value(),
                seconds=STOCK_SECONDS,
            )
            problem, rewound = found.rest, found.rewound
        seconds, points = self.seconds, self.points
        # The search writes nothing: no transaction stands open while it runs.
        self._commit()
        plan = solve(problem, seconds=seconds, points=points, on_progress=watch.tell, should_stop=watch.should_stop)
        watch.raise_what_was_met()
        return plan, rewound

    def _paper_value(self):
        """Return what 1,000 m² of new paper are worth, in the company's currency; where no cost is known, above any rewinding."""
        # sudo: planning compares by a cost that it may not read
        product = self._products().sudo().with_company(self.company_id)[:1]
        worth = product.uom_id._compute_price(product.standard_price, self.env.ref("uom.product_uom_kgm")) if product else 0.0
        return worth * self._basis_weight() if worth > 0 else 1e6

    def _keep_results(self, plan, rewound):
        lock_or_tell(self)
        self.invalidate_recordset(["state"])
        if self.state != "computing":
            return  # taken back by a person: nothing of it is kept
        if plan.status == NONE and not rewound:
            self._give_up(self._no_plan_words(plan))
            return
        results = self.env["paper.trim.result"]
        results.search([("problem_id", "=", self.id), ("kind", "in", ("fewest", "least"))]).unlink()
        results._keep(self, "fewest", plan, rewound)
        least = plan.of_least_waste()
        if plan.runs and least.runs != plan.runs:
            results._keep(self, "least", least, rewound)
        self._follow_to("computed")
        self.message_post(body=self._computed_words(plan))

    def _computed_words(self, plan):
        return self.env._(
            "Computed by %(by)s: %(patterns)s patterns (at least %(least)s), waste %(waste)s %% (bound "
            "%(bound)s %%), %(refused)s "
            "items are left out.",
            by=plan.provenance,
            patterns=plan.patterns,
            least=plan.pattern_bound.count,
            waste=f"{100 * plan.waste:.2f}",
            bound=f"{100 * plan.bound:.2f}",
            refused=len(plan.refused),
        )

    def _no_plan_words(self, plan):
        if plan.refused:
            names = {item._key(): item.display_name for item in self.item_ids}
            told = self.env["paper.trim.result"]._refusal_text
            reasons = [
                f"{names.get(each.key, each.key)}: {told({'key': each.key, 'code': each.code, 'params': each.params})}"
                for each in plan.refused
            ]
            return self.env._("No plan was found. %(reasons)s", reasons=" ".join(reasons[:8]))
        return self.env._("No plan was found in the time given. Give it more seconds, or take items out.")


class _Watch:
    """What the search tells the job, and asks it: both go through the database at most every ``LOOK`` seconds."""

    def __init__(self, problem):
        self.problem, self.job = problem, problem.job_ids
        self.commits, self.looked, self.stopped, self.met = problem._commits(), time.monotonic(), False, None
        self.progress = None

    def tell(self, progress):
        self.progress = progress
        if not self.commits:
            self._write()

    def should_stop(self):
        if self.stopped or not self.commits or time.monotonic() - self.looked < LOOK:
            return self.stopped
        self.looked = time.monotonic()
        try:
            self._write()
            self.problem._commit()
            self.problem.invalidate_recordset(["state", "stop_asked"], flush=False)
            self.stopped = not self.problem.exists() or self.problem.state != "computing" or self.problem.stop_asked
        except Exception as error:  # the solver that asks would not let it pass
            self.met, self.stopped = error, True
        return self.stopped

    def raise_what_was_met(self):
        if self.met:
            raise self.met

    def _write(self):
        values = {"seen_on": fields.Datetime.now()}
        if self.progress:
            each = self.progress
            values |= {
                "phase": each.phase,
                "seconds": each.seconds,
                "waste": 100 * (each.waste or 0.0),
                "bound": 100 * each.bound,
                "patterns": each.patterns or 0,
                "pattern_bound": each.pattern_bound,
            }
        self.job._by_step().write(values)
