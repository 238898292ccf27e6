import json

from markupsafe import Markup
from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ...exceptions import VisitFindingError, VisitStateError
from ..paper_quality_visit import NEEDED, OPEN

POOR = 2  # of five: what is at most this opens a case
PHOTOS = 6


class Joins:
    """Which planned visit an order goes along with: of the same customer and rule, within the days of the rule."""

    def __init__(self, today, planned):
        self.today = today
        self.known = {}
        for visit in planned:
            self.known.setdefault((visit.partner_id.commercial_partner_id, visit.rule_id), visit)

    def join(self, order, rule):
        """Let the order go along with a visit; say whether there is one."""
        visit = self.known.get((order.partner_id.commercial_partner_id, rule))
        if not rule.min_gap_days or visit is None:
            return False
        if isinstance(visit, dict):  # of the same deliveries, not made yet
            visit["order_ids"].append(fields.Command.link(order.id))
            return True
        if visit.planned_date and visit.planned_date < fields.Date.subtract(self.today, days=rule.min_gap_days):
            return False
        visit._by_step().write({"order_ids": [fields.Command.link(order.id)]})
        return True

    def added(self, made):
        """Remember the visits that are about to be made, ``[(order, rule, values), …]``; return their values."""
        for order, rule, vals in made:
            vals["order_ids"] = []
            self.known.setdefault((order.partner_id.commercial_partner_id, rule), vals)
        return [vals for _order, _rule, vals in made]


class PaperQualityVisit(models.Model):
    """What a visit covers and what it brings home (R7.2.1, R7.2.2)."""

    _inherit = "paper.quality.visit"

    order_ids = fields.Many2many(
        "sale.order",
        "paper_quality_visit_sale_order_rel",
        string="Further Sales Orders",
        by_steps=True,
        help="Several orders of a customer are one visit.",
    )
    rule_frequency = fields.Selection(related="rule_id.frequency")
    service = fields.Selection(
        [("1", "1 Very Dissatisfied"), ("2", "2 Dissatisfied"), ("3", "3 Fair"), ("4", "4 Satisfied"), ("5", "5 Very Satisfied")],
        string="Satisfaction with the Service", copy=False, by_hand=OPEN,
    )  # fmt: skip
    lot_ids = fields.Many2many("stock.lot", string="Rolls Looked At", copy=False, by_hand=OPEN)
    finding_ids = fields.One2many("paper.visit.finding", "visit_id", string="Findings")
    finding_count = fields.Integer(compute="_compute_finding_count")
    untold_count = fields.Integer(string="Findings to Tell", compute="_compute_finding_count", search="_search_untold_count")
    phone_uids = fields.Json(by_steps=True, help="What a phone sent already: it is taken in once.")

    @api.depends("finding_ids.state")
    def _compute_finding_count(self):
        for visit in self:
            visit.finding_count = len(visit.finding_ids)
            visit.untold_count = len(visit.finding_ids.filtered(lambda finding: finding.state != "told"))

    @api.model
    def _search_untold_count(self, operator, value):
        if operator not in (">", "in"):
            return NotImplemented
        waiting = self.env["paper.visit.finding"].sudo()._search([("state", "!=", "told")])  # sudo: only which visits they are of
        domain = fields.Domain("finding_ids", "in", waiting)
        return domain if operator == ">" else ~domain

    # Several orders are one visit

    @api.model
    def _joins_of(self, company, orders):
        """Return what lets orders of these customers go along with visits that are planned already, or with each other."""
        customers = self.env["sale.order"].union(*orders).partner_id.commercial_partner_id
        # sudo: whoever ships the goods sets off the visits
        planned = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("partner_id.commercial_partner_id", "in", customers.ids),
                ("state", "=", "planned"),
                ("rule_id", "!=", False),
            ]
        )
        return Joins(company._paper_today(), planned)

    @api.model
    def _cron_regular(self):
        """Plan the visits that are due every so many months (R7.2.1)."""
        rules = self.env["paper.visit.rule"].search([("frequency", "=", "months")])
        for company in self.env["res.company"].search([]) if rules else ():
            for rule in rules.filtered(lambda rec, company=company: rec.company_id in (company, company.browse())):
                self._plan_regular(company, rule)

    @api.model
    def _plan_regular(self, company, rule):
        today = company._paper_today()
        since = fields.Date.subtract(today, months=rule.months)
        recent = self._read_group(
            [("company_id", "=", company.id), ("state", "!=", "cancelled"), ("planned_date", ">", since)], ["partner_id"]
        )
        visited = {partner.commercial_partner_id.id for (partner,) in recent}
        orders = self.env["sale.order"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "sale"),
                ("date_order", ">=", fields.Date.subtract(today, months=12)),
            ],
            order="date_order desc",
        )
        vals_list = []
        for order in orders.filtered("is_paper_order"):
            customer = order.partner_id.commercial_partner_id
            done = order.picking_ids.filtered(lambda picking: picking.state == "done")[:1]
            if customer.id in visited or not done or not rule._applies_to(order) or order.paper_visit_ids.rule_id & rule:
                continue
            visited.add(customer.id)
            vals_list.append(self._prepare_visit(order, done, rule))
        planned = self.sudo()._by_step().create(vals_list)  # sudo: the job plans for quality
        planned._clock_start(rule.days)
        return planned

    # The questionnaire fills the visit

    def write(self, vals):
        result = super().write(vals)
        if "satisfaction" in vals:
            self._open_case_if_poor()
        return result

    def _take_answers(self, answer):
        """Write what the customer answered into the visit, and open a case where he is dissatisfied (R7.2.1).

        :param answer: ``survey.user_input``, done
        """
        self.ensure_one()
        if self.state != "planned":
            return
        values = {}
        for line in answer.user_input_line_ids.filtered(lambda rec: not rec.skipped and rec.question_id.paper_visit_field):
            name = line.question_id.paper_visit_field
            if name in ("satisfaction", "service"):
                score = line.suggested_answer_id.answer_score if line.suggested_answer_id else line.value_numerical_box
                score = int(score or line.value_scale or 0)
                if 1 <= score <= 5:
                    values[name] = str(score)
            else:
                text = line.value_char_box or line.value_text_box or line.suggested_answer_id.value or ""
                values[name] = "\n".join(filter(None, [values.get(name), text]))
        if values:
            self.write(values)

    def _open_case_if_poor(self):
        """Open a case at once where the customer is dissatisfied: a score of at most 2 (R7.2.2)."""
        # sudo: whoever writes the score down, the case is opened
        for visit in self.sudo().filtered(lambda rec: 0 < rec.score <= POOR and not rec.ticket_ids):
            visit._make_ticket()

    def _make_ticket(self):
        self.ensure_one()
        values = {
            "name": self.env._("Found on visit %(visit)s", visit=self.name),
            "description": self.suggestions or self.quality or self.name,
            "partner_id": self.partner_id.id,
            "sale_order_id": self.order_id.id,
            "visit_id": self.id,
            "company_id": self.company_id.id,
            "nature": "quality",
            "channel_id": self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_other", raise_if_not_found=False).id,
        }
        if self.env.user.share:
            values["user_id"] = False
        return self.env["helpdesk.ticket"].create(values)

    # Closed when every finding is told

    def action_close(self):
        """Close visits whose findings were all told to the customer; quality (R7.2.2).

        :raises VisitFindingError: naming what the customer was not told yet
        """
        self.check_access("write")
        return self._take_step("closed")

    def _check_told(self):
        for visit in self:
            waiting = visit.finding_ids.filtered(lambda finding: finding.state != "told")
            if waiting:
                raise VisitFindingError(
                    self.env._(
                        "Visit %(visit)s: the customer has not been told yet what was done about: %(findings)s.",
                        visit=visit.name,
                        findings=", ".join(waiting.mapped("name")),
                    )
                )

    def _tell_findings(self, findings):
        """Write to the customer, in his language, what was done about findings."""
        self.ensure_one()

        def subject(visit):
            return visit.env._("What we did since our visit %(visit)s", visit=visit.name)

        def body(visit):
            lines = [Markup("<li>%s: %s</li>") % (finding.name, finding.action or "") for finding in findings]
            return Markup("<p>%s</p><ul>%s</ul>") % (
                visit.env._("Thank you for what you told us. This was done:"),
                Markup("").join(lines),
            )

        self.company_id._paper_send(self.partner_id, self, subject, body)

    # The phone on site

    def _phone_facts(self):
        """Return what the page on the phone shows and what it already sent; plain values."""
        self.ensure_one()
        company = self.company_id
        fields_ = {name: self[name] or "" for name in (*NEEDED, "service", "suggestions")}
        # sudo: the visitor reads no transfers
        pickings = (self.order_id | self.order_ids).sudo().picking_ids
        domain = [("picking_id", "in", pickings.ids), ("state", "=", "done"), ("lot_id", "!=", False)]
        # sudo: as above
        shipped = self.env["stock.move.line"].sudo().search(domain, limit=300)
        return {
            "visit": self.name,
            "customer": self.partner_id.display_name or "",
            "order": ", ".join((self.order_id | self.order_ids).mapped("name")),
            "day": company._paper_date(self.planned_date, self.env.lang),
            "open": self.state == "planned",
            "values": fields_,
            "rolls": sorted(set(shipped.lot_id.mapped("name"))),
            "looked": self.lot_ids.mapped("name"),
            "findings": [{"name": finding.name, "kind": finding.kind} for finding in self.finding_ids],
            "scores": [[key, name] for key, name in self._fields["satisfaction"]._description_selection(self.env)],
            "kinds": [
                [key, name] for key, name in self.env["paper.visit.finding"]._fields["kind"]._description_selection(self.env)
            ],
        }

    def _phone_words(self):
        """Return the words of the page, as JSON for a script."""
        _ = self.env._
        words = {
            "use": _("Use of the Paper"),
            "quality": _("Quality Found"),
            "suggestions": _("Problems and Suggestions"),
            "satisfaction": _("Satisfaction with the Product"),
            "service": _("Satisfaction with the Service"),
            "findings": _("Findings"),
            "finding": _("What was found?"),
            "photo": _("Photo"),
            "add": _("Add"),
            "rolls": _("Rolls Looked At"),
            "scan": _("Scan or enter the number of a roll"),
            "wrong": _("This roll was not shipped with these orders."),
            "done": _("Close the Visit"),
            "needed": _("Write down use, quality and satisfaction first."),
            "kept": _("The visit is kept and sent as soon as there is a network."),
            "closed": _("The visit is closed."),
            "waiting": _("%s to send"),
            "sent": _("All is sent"),
        }
        return Markup(json.dumps(words).replace("<", "\\u003c"))

    def _take_phone_event(self, event):
        """Take in what a phone reports of a visit, once each: figures, a finding with photos, a roll that was scanned.

        :param event: dict with ``uid``, ``kind`` (values, finding, roll, done) and what belongs to it
        :return: "ok", "double", or a sentence that says what is wrong
        """
        self.ensure_one()
        uid = event.get("uid")
        if not isinstance(uid, str) or not 8 <= len(uid) <= 64:
            raise VisitStateError(self.env._("What a phone reports needs its number."))
        known = self.phone_uids or []
        if uid in known:
            return "double"
        message = getattr(self, f"_take_phone_{event.get('kind')}", lambda _event: self.env._("This is not known here."))(event)
        self.sudo()._by_step().write({"phone_uids": [*known, uid]})  # sudo: what was sent is kept beside the visit
        return message or "ok"

    def _take_phone_values(self, event):
        names = (*NEEDED, "service", "suggestions")
        given = event.get("values") if isinstance(event.get("values"), dict) else {}
        values = {name: str(given[name])[:5000] or False for name in names if name in given}
        for name in ("satisfaction", "service"):
            if values.get(name) and values[name] not in "12345":
                values.pop(name)
        self.write(values)

    def _take_phone_finding(self, event):
        name = said(str(event.get("name") or ""))[:300]
        if not name:
            return self.env._("Write down what was found.")
        kind = event.get("kind_of") if event.get("kind_of") in ("problem", "suggestion", "praise") else "problem"
        finding = self.env["paper.visit.finding"].create({"visit_id": self.id, "name": name, "kind": kind})
        photos = event.get("photos") if isinstance(event.get("photos"), list) else []
        files = self.env["helpdesk.ticket"]._checked_photos(photos[:PHOTOS])
        if files:
            finding.message_post(attachments=[(f"{number}.jpg", content) for number, content in enumerate(files, 1)])

    def _take_phone_roll(self, event):
        code = said(str(event.get("code") or ""))[:100]
        lot = self.env["stock.lot"].search([("name", "=", code), ("company_id", "in", (False, self.company_id.id))], limit=1)
        if not lot or code not in self._phone_facts()["rolls"]:
            return self.env._("“%(roll)s” was not shipped with these orders.", roll=code)
        self.write({"lot_ids": [fields.Command.link(lot.id)]})

    def _take_phone_done(self, _event):
        self.action_done()

    def action_open_phone(self):
        """Open the page for the phone on site."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/paper/visit/{self.id}", "target": "self"}
