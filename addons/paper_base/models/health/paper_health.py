import json
from datetime import datetime, timedelta
from typing import NamedTuple

from odoo import api, fields, models, release
from odoo.modules.module import get_manifest

from ...exceptions import SetupError

GOOD, WARNING, BAD = "good", "warning", "bad"
BACKUP = "paper.backup"  # written by what makes and tries backups: {"taken": ISO, "folder": name}
OLDEST_BACKUP = timedelta(hours=26)
LATE_CRON = timedelta(hours=2)
WAITING_MAIL = timedelta(hours=1)
EXTENSIONS = ("pg_trgm", "unaccent")


class Finding(NamedTuple):
    """One line: what was looked at, how it is (good, warning, bad), and what to know or do."""

    code: str
    name: str
    state: str
    text: str


class PaperHealth(models.TransientModel):
    """What somebody who keeps the installation looks at in the morning; nothing is stored."""

    _name = "paper.health"
    _description = "Health of the Installation"

    finding_ids = fields.Json(string="Findings", compute="_compute_findings")
    report = fields.Html(compute="_compute_findings", sanitize=False)

    def _compute_findings(self):
        for page in self:
            findings = page._get_findings()
            page.finding_ids = [finding._asdict() for finding in findings]
            page.report = self.env["ir.qweb"]._render("paper_base.health_report", {"findings": findings})

    @api.model
    def _get_findings(self):
        """Return what was found, as :class:`Finding`, those that are not good first."""
        # sudo: who keeps the system is told of mails and jobs of everybody, how many, not what is in them
        found = self.sudo()._paper_findings()
        return sorted(found, key=lambda finding: (BAD, WARNING, GOOD).index(finding.state))

    @api.model
    def _paper_findings(self):
        """List what is looked at. Override to add: call ``super()``, append a :class:`Finding` and return."""
        return [
            self._look_at_crons(),
            self._look_at_mails(),
            self._look_at_calls(),
            self._look_at_backup(),
            self._look_at_versions(),
            self._look_at_extensions(),
        ]

    @api.model
    def action_look(self):
        """Open the page."""
        if not self.env.user.has_group("base.group_system"):
            raise SetupError(self.env._("Who keeps the system looks at how it is."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Health of the Installation"),
            "res_model": self._name,
            "res_id": self.create({}).id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "current",
        }

    def _look_at_crons(self):
        _ = self.env._
        crons = self.env["ir.cron"].with_context(active_test=False).search([])
        failing = crons.filtered(lambda cron: cron.active and cron.failure_count)
        late = crons.filtered(lambda cron: cron.active and cron.nextcall < fields.Datetime.now() - LATE_CRON) - failing
        # Those of the mill are not switched off by hand: Odoo does it after failing for a week.
        names = crons.get_external_id()
        off = crons.filtered(lambda cron: not cron.active and names[cron.id].startswith("paper_"))
        if failing or off:
            text = _("failing or switched off: %(names)s", names=", ".join((failing | off).mapped("cron_name")))
            return Finding("crons", _("Scheduled Actions"), BAD, text)
        if late:
            text = _("late by hours, does the scheduler run? %(names)s", names=", ".join(late.mapped("cron_name")[:5]))
            return Finding("crons", _("Scheduled Actions"), WARNING, text)
        return Finding("crons", _("Scheduled Actions"), GOOD, _("%(count)s run", count=len(crons.filtered("active"))))

    def _look_at_mails(self):
        _, mails = self.env._, self.env["mail.mail"]
        since = fields.Datetime.now() - WAITING_MAIL
        waiting = mails.search_count([("state", "=", "outgoing"), ("create_date", "<", since)])
        failed = mails.search_count([("state", "=", "exception")])
        state = BAD if failed else WARNING if waiting else GOOD
        text = _("%(waiting)s wait for more than an hour, %(failed)s could not be sent", waiting=waiting, failed=failed)
        return Finding("mails", _("Outgoing Mails"), state, text)

    def _look_at_calls(self):
        _ = self.env._
        given_up = self.env["paper.webhook.call"].search_count([("state", "=", "given_up")])
        text = _("%(count)s calls of other programs are given up", count=given_up)
        return Finding("webhooks", _("Webhooks"), WARNING if given_up else GOOD, text)

    def _look_at_backup(self):
        _ = self.env._
        try:
            taken = datetime.fromisoformat(json.loads(self.env["ir.config_parameter"].get_param(BACKUP, "{}"))["taken"])
        except (ValueError, KeyError, TypeError):
            return Finding("backup", _("Backup"), BAD, _("none was ever written and tried"))
        age = fields.Datetime.now() - taken.replace(tzinfo=None)
        text = _("the last one that was tried is %(hours)s hours old", hours=int(age.total_seconds() // 3600))
        return Finding("backup", _("Backup"), GOOD if age < OLDEST_BACKUP else BAD, text)

    def _look_at_versions(self):
        _ = self.env._
        modules = self.env["ir.module.module"].search([("state", "=", "installed"), ("name", "=like", "paper\\_%")])
        behind = [
            module.name
            for module in modules
            if get_manifest(module.name).get("version", module.latest_version) != module.latest_version
        ]
        if behind:
            text = _("on disk there are others than in the database: upgrade %(names)s", names=", ".join(behind[:8]))
            return Finding("versions", _("Versions"), WARNING, text)
        base = modules.filtered(lambda module: module.name == "paper_base").latest_version
        return Finding("versions", _("Versions"), GOOD, f"Odoo {release.version}, paper_base {base}")

    def _look_at_extensions(self):
        _ = self.env._
        self.env.cr.execute("SELECT extname FROM pg_extension")
        lacking = set(EXTENSIONS) - {name for (name,) in self.env.cr.fetchall()}
        text = _(
            "PostgreSQL's superuser has to make %(names)s, then upgrade: searches are slow", names=", ".join(sorted(lacking))
        )
        return Finding("extensions", "PostgreSQL", BAD if lacking else GOOD, text if lacking else ", ".join(EXTENSIONS))
