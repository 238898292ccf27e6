from odoo import api, fields, models

from ...lib.required_facts import LINE, ORDER, SPEC

# So many lines are named in a sentence about several.
MANY = 5


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_missing = fields.Json(string="Missing", compute="_compute_paper_missing", groups="base.group_user")
    paper_missing_text = fields.Text(
        string="Still Missing", compute="_compute_paper_missing", groups="base.group_user"
    )
    paper_fact_count = fields.Integer(string="Facts Given", compute="_compute_paper_missing", groups="base.group_user")
    paper_fact_total = fields.Integer(string="Facts", compute="_compute_paper_missing", groups="base.group_user")
    paper_complete_percent = fields.Integer(
        string="Complete (%)", compute="_compute_paper_missing", groups="base.group_user"
    )
    paper_completeness = fields.Json(
        string="Completeness", compute="_compute_paper_missing", groups="base.group_user"
    )
    paper_asked_on = fields.Datetime(string="Customer Asked on", by_steps=True, groups="base.group_user")

    @api.depends(
        "company_id",
        "paper_order_type",
        "order_line.product_id",
        "order_line.paper_spec_id",
        "order_line.paper_quantity",
        "order_line.product_uom_qty",
        "order_line.price_unit",
        "order_line.paper_commitment_date",
        "order_line.paper_promised_date",
        "order_line.paper_shipping_id",
        "commitment_date",
        "partner_shipping_id",
        "payment_term_id",
        "incoterm",
        "paper_asked_on",
        "state",
    )
    @api.depends_context("lang")
    def _compute_paper_missing(self):
        for order, (gaps, total) in self._find_gaps().items():
            missing = [gap for gap in gaps if gap["required"]]
            given = total - len(missing)
            order.paper_missing = missing
            order.paper_missing_text = "\n".join(gap["message"] for gap in missing)
            order.paper_fact_total = total
            order.paper_fact_count = given
            order.paper_complete_percent = 100 * given // total if total else 100
            order.paper_completeness = {
                "given": given,
                "total": total,
                "percent": order.paper_complete_percent,
                "missing": [gap["message"] for gap in missing],
                "wanted": [gap["message"] for gap in order._open_wanted(gaps)],
            }

    def _get_missing_facts(self):
        """List what each order lacks before it can be evaluated (R3.2.1).

        :return: ``{order: [gap, …]}``; see :meth:`_gap`
        """
        return {order: [gap for gap in gaps if gap["required"]] for order, (gaps, _total) in self._find_gaps().items()}

    def _find_gaps(self):
        """Compare each order with the list of facts that its company requires or asks along.

        Reads relational fields of ``self`` only, so that a batch costs as many queries as one order. Override to
        look for more.

        :return: ``{order: (gaps, number of required facts that apply)}``
        """
        return {order: order._order_gaps() for order in self}

    def _order_gaps(self):
        self.ensure_one()
        company = self.company_id or self.env.company
        rules = self.env["paper.required.fact"]._rules(company.id)
        # No filtered(): each subset would fetch its specifications by a query of its own.
        lines = [line for line in self.order_line if line.is_paper]
        gaps, total = [], 0
        waived = self._paper_type_rule("waived")
        for rule in rules:
            if rule.code in waived:
                continue
            for record, line in self._fact_records(rule, lines):
                total += rule.required
                if not self._is_fact_given(rule, record):
                    gaps.append(self._gap(rule, record, line))
        for line in lines:
            for sentence in line.paper_spec_id._contradictions() if line.paper_spec_id else ():
                total += 1
                gaps.append(self._contradiction_gap(line, sentence))
        return gaps, total

    def _fact_records(self, rule, lines):
        """Return the (record, order line) pairs in which a fact must stand; a false record is one not made yet."""
        if rule.code == "delivery_date":
            # A line's own date that is past is asked for that line; the order's is asked for the lines that have none.
            return [(self, None), *((line, line) for line in lines if line._is_own_date_past())]
        if rule.code == "delivery_place":
            # A line's own place to which nobody finds is asked for that line, once for all lines that go there.
            bare = {line.paper_shipping_id: line for line in reversed(lines) if line._is_own_place_bare()}
            return [(self, None), *((line, line) for line in bare.values())]
        if rule.model == ORDER:
            return [(self, None)]
        if rule.model == LINE:
            # An order of nothing lacks the three facts of a line; the rest is asked once there is one.
            return [(line, line) for line in lines] or ([(False, None)] if rule.code in ("product", "quantity") else [])
        specs = [(line.paper_spec_id, line) for line in lines if line.paper_spec_id]
        return [pair for pair in specs if rule.format in ("any", pair[0].format)]

    def _is_fact_given(self, rule, record):
        if not record:
            return False
        if rule.code == "delivery_place":
            return record == self and self._has_delivery_place()
        if rule.code == "delivery_date":
            return record == self and self._has_delivery_date()
        if rule.code == "quantity":
            return record.paper_quantity > 0 or (not record.paper_spec_id and record.product_uom_qty > 0)
        return bool(record[rule.field] or (rule.alternative and record[rule.alternative]))

    def _has_delivery_place(self):
        """Say whether goods could be brought to where the order as a whole goes; not asked where each line goes elsewhere."""
        self.ensure_one()
        return self._all_lines_say("paper_shipping_id") or self._can_be_found(self.partner_shipping_id)

    def _can_be_found(self, place):
        """Say whether an address has a street and a city (or, for a municipality, its province)."""
        return bool(place.street and (place.city or place.state_id))

    def _has_delivery_date(self):
        """Say whether each line of paper has a delivery date to come, its own or the order's."""
        self.ensure_one()
        return self._all_lines_say("paper_commitment_date") or bool(self.commitment_date and not self._is_date_past())

    def _all_lines_say(self, own):
        """Say whether each line of paper has a value of its own, so that the order's is nobody's."""
        lines = [line for line in self.order_line if line.is_paper]
        return bool(lines) and all(line[own] for line in lines)

    def _is_date_past(self):
        """Say whether the day of the order's date is over before the mill has promised one for the lines that it holds for."""
        self.ensure_one()
        left = [line for line in self.order_line if line.is_paper and not line.paper_commitment_date]
        promised = bool(left) and all(line.paper_promised_date for line in left)
        return not promised and self._is_past(self.commitment_date)

    def _is_past(self, date):
        """Say whether a day that the customer wishes is over while the order is not agreed yet."""
        company = self.company_id or self.env.company
        return self.state in ("draft", "sent") and bool(date) and company._paper_day(date) < company._paper_today()

    def _gap(self, rule, record, line):
        """Return one fact that is not given.

        :return: dict of fact (its stable name), message (a sentence), required, by_sales, model, id (of the record
            that lacks it, False if it must be made), line (id of the order line), fields
        """
        return {**self._gap_facts(rule, record, line), "message": self._gap_message(rule, record, line)}

    def _gap_facts(self, rule, record, line):
        return {
            "fact": rule.code,
            "rule": rule.id,
            "label": rule.label,
            "required": rule.required,
            "by_sales": rule.by_sales,
            "model": record._name if record else rule.model,
            "id": record.id if record and isinstance(record.id, int) else False,
            "line": line.id if line and isinstance(line.id, int) else False,
            "fields": self._gap_fields(rule, record),
            "minimum": rule.minimum,
            "maximum": rule.maximum,
        }

    def _gap_fields(self, rule, record):
        if rule.code == "delivery_date" and record != self:
            return ["paper_commitment_date"]
        if rule.code == "delivery_place" and record != self:
            return ["paper_shipping_id"]
        return [rule.field, rule.alternative] if rule.alternative else [rule.field]

    def _gap_message(self, rule, record, line):
        """Return the sentence that says what is missing, and of which lines where it is not missing of all."""
        names = self._gap_names(rule, line)
        day = ""
        if rule.code == "delivery_date":
            date = line.paper_commitment_date if line else self.commitment_date
            day = (self.company_id or self.env.company)._paper_date(date) if date else ""
        if day and names:
            return self.env._("%(fact)s of “%(line)s”: %(day)s is past.", fact=rule.label, line=names, day=day)
        if day:
            return self.env._("%(fact)s: %(day)s is past.", fact=rule.label, day=day)
        if rule.code == "delivery_place" and names:
            return self.env._("Delivery place of “%(line)s”: the address lacks street or city.", line=names)
        if rule.code == "delivery_place":
            return self.env._("Delivery place: the address lacks street or city.")
        if names:
            return self.env._("%(fact)s of “%(line)s”: not given.", fact=rule.label, line=names)
        return self.env._("%(fact)s: not given.", fact=rule.label)

    def _gap_names(self, rule, line):
        """Return which lines a gap is about, "" where it is about the order as a whole."""
        own = {"delivery_date": "paper_commitment_date", "delivery_place": "paper_shipping_id"}.get(rule.code)
        papers = [other for other in self.order_line if other.is_paper]
        left = [line] if line else [other for other in papers if own and not other[own]]
        if not line and len(left) == len(papers):
            return ""
        names = [other.paper_spec_id.display_name or other.product_id.display_name or "" for other in left]
        return ", ".join(names[:MANY]) + (" …" if len(names) > MANY else "")

    def _contradiction_gap(self, line, sentence):
        """Return figures that cannot all be true as one thing to ask: such paper cannot be made."""
        spec = line.paper_spec_id
        figures = ["width", "length"] if spec.format == "sheet" else []
        figures = figures or ["width", "reel_diameter_min", "reel_diameter_max", "core_diameter", "core_outside_diameter"]
        return {
            "fact": "contradiction",
            "rule": False,
            "label": self.env._("Specification"),
            "message": self.env._("“%(line)s” cannot be made: %(reason)s", line=spec.display_name, reason=sentence),
            "required": True,
            "by_sales": False,
            "model": SPEC,
            "id": spec.id if isinstance(spec.id, int) else False,
            "line": line.id if isinstance(line.id, int) else False,
            "fields": figures,
            "minimum": 0,
            "maximum": 0,
        }

    def _open_wanted(self, gaps):
        """Return the facts asked along that nobody has answered yet; who was asked need not be asked again."""
        self.ensure_one()
        wanted = [gap for gap in gaps if not gap["required"]]
        # sudo: what was asked and answered counts, whoever may read the record of it
        settled = {line.target for line in self.sudo().paper_completion_ids.line_ids if line.state != "open"}
        return [gap for gap in wanted if self._gap_key(gap) not in settled]

    @api.model
    def _gap_key(self, gap):
        """Return what identifies a gap from one look at the order to the next."""
        return f"{gap['model']},{gap['id'] or 0},{gap['fact']}"

    # Blocker and milestone

    def _get_blockers(self, step):
        blockers = super()._get_blockers(step)
        if step == "evaluate":
            papers = self.filtered("is_paper_order")
            for order, missing in papers._get_missing_facts().items():
                if missing:
                    text = "\n".join([self.env._("The order is incomplete."), *(f"· {item['message']}" for item in missing)])
                    action = order._complete_by_phone_action()
                    label = self.env._("Complete by Phone")
                    blockers[order].append(self._paper_blocker("incomplete", text, action, role=None, label=label))
        return blockers

    def _get_milestones(self):
        milestones = super()._get_milestones()
        papers = self.filtered("is_paper_order")
        # sudo: the customer follows the same steps in the portal
        requests = {order: order.sudo()._open_completion() for order in papers}
        for order, missing in papers._get_missing_facts().items():
            asked = order.sudo().paper_asked_on  # sudo: as above
            state = "done" if not missing else "paused" if asked else "todo"
            request = requests[order]
            if state == "todo" and request.deadline_state == "late":
                state = "late"
            milestones[order].append(
                self._paper_milestone(
                    "complete",
                    self.env._("Order complete"),
                    state,
                    deadline=request.deadline_date if state != "done" else None,
                    owner=order.partner_id.name if state == "paused" else None,
                    user=order.user_id,
                    department="sales",
                    clause="R3.2.1",
                )
            )
        return milestones
