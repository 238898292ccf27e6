import logging

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

EVERYTHING = 0


class PaperFactQueue(models.Model):
    """Documents that changed since the statistics read them. Triggers write the rows, in the transaction of the change
    itself: what is rolled back leaves none, what is committed cannot be missed, whoever wrote it by whatever way.
    """

    _name = "paper.fact.queue"
    _description = "Changed Documents"
    _log_access = False
    _order = "id"

    fact = fields.Char(required=True)
    document_id = fields.Integer(required=True)

    _fact_id_idx = models.Index("(fact, id)")

    @api.model
    def _facts(self):
        """Return the models of facts of the rooms that are installed."""
        found = self.env.registry.descendants(["paper.fact.mixin"], "_inherit")
        return [self.env[name] for name in sorted(found) if not self.env[name]._abstract]

    @api.model
    def _lock(self):
        """Return whether this transaction alone fills the statistics now."""
        self.env.cr.execute("SELECT pg_try_advisory_xact_lock(hashtext('paper_fact_queue'))")
        return self.env.cr.fetchone()[0]

    @api.model
    def _fill(self):
        """Take over all that changed, in this transaction; for tests, and for who cannot wait for the next run."""
        self.env.flush_all()
        # Who fills at the same moment is waited for; what they took over makes this transaction start again.
        self.env.cr.execute("SELECT pg_advisory_xact_lock(hashtext('paper_fact_queue'))")
        for fact in self._facts():
            while fact._take_batch():
                pass

    @api.model
    def _cron_fill(self):
        """Take over what changed, batch by batch; each is a transaction with the rows of the queue that it answers."""
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self.search_count([]))
        for fact in self._facts():
            while self._lock() and (taken := fact._take_batch()):
                if not cron._commit_progress(taken):
                    return

    @api.model
    def _cron_check(self):
        """Every night: take over the rest, count what differs from the documents, and make the periods that are over."""
        self._queue_days_over()
        self._fill()
        self.env["paper.fact.check"]._check_all()
        self.env["paper.stats.period"]._make_due()

    @api.model
    def _queue_days_over(self):
        """Queue what is judged anew because a day is over and not because somebody changed it."""
        for fact in self._facts():
            fact._queue_days_over()

    @api.model
    def _forget(self, name):
        """Take the triggers of facts out of the tables of others, and what waits for them out of the queue: their addon goes.

        :param name: the model of the facts
        """
        self.env[name]._drop_watches()
        self.search([("fact", "=", name)]).unlink()

    @api.model
    def _put(self, fact, query):
        """Queue the documents that a query names."""
        self.env.cr.execute(
            SQL("INSERT INTO paper_fact_queue (fact, document_id) SELECT %s, source.id FROM (%s) source", fact, query)
        )
