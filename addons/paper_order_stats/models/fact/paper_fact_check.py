import logging
import time

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)


class PaperFactCheck(models.Model):
    """What the nightly comparison of a table of facts with its documents found. Differences are mended at once; that there
    were any means that something changed past the triggers, and whoever looks after the server is told.
    """

    _name = "paper.fact.check"
    _description = "Check of the Statistics"
    _order = "checked_on desc, id desc"
    _rec_name = "checked_on"
    _log_access = False

    checked_on = fields.Datetime(readonly=True)
    fact = fields.Char(readonly=True)
    name = fields.Char(string="Facts", compute="_compute_name")
    rows = fields.Integer(readonly=True)
    difference_count = fields.Integer(string="Differences", readonly=True)
    documents = fields.Char(readonly=True, help="The first documents whose facts differed.")
    seconds = fields.Float(readonly=True, digits=(16, 2))

    @api.depends_context("lang")
    @api.depends("fact")
    def _compute_name(self):
        for check in self:
            model = self.env.get(check.fact)
            # sudo: only what a table is called is read
            check.name = self.env["ir.model"].sudo()._get(check.fact).name if model is not None else check.fact

    @api.model
    def _check_all(self):
        """Compare all facts with the documents, mend what differs, and return what was found."""
        self.env.flush_all()
        checks = self.browse()
        for fact in self.env["paper.fact.queue"]._facts():
            began = time.monotonic()
            documents, differences, rows = fact._differences()
            values = {
                "checked_on": fields.Datetime.now(),
                "fact": fact._name,
                "rows": rows,
                "difference_count": differences,
                "documents": ", ".join(map(str, documents[:20])),
                "seconds": time.monotonic() - began,
            }
            checks |= self.create(values)
            if documents:
                _logger.info("Statistics: %s rows of %s differed from the documents", differences, fact._name)
                fact._write_documents(documents)
        self.env.cr.execute(SQL("DELETE FROM paper_fact_check WHERE checked_on < now() AT TIME ZONE 'UTC' - interval '400 days'"))
        return checks
