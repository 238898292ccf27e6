from odoo import api, fields, models
from odoo.addons.paper_base.lib.progress import share

from ...exceptions import InspectionMissingError, InspectionStateError


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    is_paper = fields.Boolean(related="product_id.is_paper")
    paper_spec_id = fields.Many2one(
        "paper.spec", string="Specification", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    inspection_ids = fields.One2many("qc.inspection", "production_id", string="Inspections", readonly=True)
    inspection_count = fields.Integer(compute="_compute_inspection_state", compute_sudo=True)
    inspection_state = fields.Selection(
        [("none", "Not Inspected"), ("open", "Being Inspected"), ("passed", "Passed"), ("failed", "Failed")],
        string="Final Inspection",
        compute="_compute_inspection_state",
        compute_sudo=True,
    )

    is_made_since = fields.Boolean(
        string="Made Since the Inspection", compute="_compute_is_made_since", compute_sudo=True
    )

    can_make_final_inspection = fields.Boolean(compute="_compute_can_make_final_inspection")

    @api.depends("state", "inspection_state", "is_paper")
    @api.depends_context("uid")
    def _compute_can_make_final_inspection(self):
        of_quality = self.env.user.has_group("paper_base.group_quality")
        for production in self:
            production.can_make_final_inspection = of_quality and production._lacks_final_inspection()

    def _lacks_final_inspection(self):
        """Say whether an order that is being made has no final inspection yet."""
        self.ensure_one()
        in_work = self.state not in ("draft", "done", "cancel")
        return self.is_paper and in_work and self.inspection_state == "none"

    @api.depends("inspection_ids.state", "inspection_ids.kind")
    def _compute_inspection_state(self):
        for production in self:
            production.inspection_count = len(production.inspection_ids)
            production.inspection_state = production._final_inspections()._verdict()

    @api.depends("inspection_state", "qty_producing", "workorder_ids.qty_produced")
    def _compute_is_made_since(self):
        for production in self:
            made = production.inspection_state == "passed" and production.state != "done" and production._paper_made()
            production.is_made_since = bool(made and production._exceeds_inspected(production.lot_producing_ids, made))

    def _paper_made(self):
        """Return how much is made and not in stock yet, in the product's unit: what its work orders have finished, no
        more than is declared; of a finished order what it made.

        Starting a work order declares the whole order before a metre is made, so it does not count.
        """
        self.ensure_one()
        if self.state in ("draft", "cancel"):
            return 0.0
        made = self.qty_produced if self.state == "done" else self.qty_producing
        working = self.workorder_ids.filtered(lambda rec: rec.state != "cancel")
        if working and self.state != "done":
            made = min(made, *working.mapped("qty_produced"))
        return self.product_uom_id._compute_quantity(made, self.product_id.uom_id, rounding_method="HALF-UP")

    def _paper_reels(self):
        """Return how many reels or pallets the order makes: those declared, else by the weight of one; at least one."""
        self.ensure_one()
        declared = len(self.move_finished_ids.move_line_ids.lot_id)
        each = self.paper_spec_id.reel_weight
        return declared or max(round(self._paper_kg(self.product_qty) / each) if each else 1, 1)

    def _paper_kg(self, qty, uom=None):
        """Return ``qty`` of a unit of measure, the order's unless given, in kg; 0 where that is no weight."""
        self.ensure_one()
        return (uom or self.product_uom_id)._paper_kg(qty)

    def _paper_live(self):
        """Return these orders without those that were cancelled."""
        # filtered() alone would read what hangs on them one sales order at a time
        return self.filtered(lambda production: production.state != "cancel").with_prefetch(self._prefetch_ids)

    # For which lines of an order

    def _paper_made_for(self, lines):
        """Return those of an order's ``lines`` that this makes the paper for. Override where it is known better."""
        self.ensure_one()
        spec, product = self.paper_spec_id, self.product_id
        return lines.filtered(lambda line: line.product_id == product and line.paper_spec_id == spec)

    def _paper_progress(self, lines, kg_of, is_open):
        """Return the :class:`Progress` of each of an order's lines of which something is to be made.

        A line whose goods lie ready or have left with nothing made for it, goes through no production. Where what was
        made is given up, goods from stock stand in for it.

        :param kg_of: function of a manufacturing order that returns how many kg of it have come through
        :param is_open: function of a manufacturing order that says whether more of it is under way
        """
        in_hand = lines._paper_in_hand()
        made, begun, working = dict.fromkeys(lines, 0.0), set(), set()
        for production in self:
            served = production._paper_made_for(lines)
            parts = share(kg_of(production), [line._paper_line_kg(line.product_uom_qty) - made[line] for line in served])
            for line, part in zip(served, parts, strict=True):
                made[line] += part
                begun.add(line)
                if is_open(production):
                    working.add(line)
        progress = []
        for line in lines:
            ready, to_come = in_hand[line]
            if line in begun:
                reached = made[line] if line in working else max(made[line], ready)
                progress.append(line._paper_progress(reached, line in working, begun=True))
            elif to_come > line._paper_progress().slack:
                progress.append(line._paper_progress())
        return progress

    def _judging_inspections(self, lots):
        """Return the last final inspection of each of ``lots``, or of the whole order; see :meth:`_inspection_problems`."""
        self.ensure_one()
        found = self.env["qc.inspection"]
        for lot in lots or [lots]:
            found |= self._final_inspections_of(lot).sorted("id")[-1:]
        return found

    def _exceeds_inspected(self, lots, quantity):
        """Say whether ``quantity`` (in the product's unit) is more than was there when it was inspected.

        The tolerance agreed with the customer is one of the order. What was made after the inspection nobody has seen,
        so nothing but the rounding of the unit is let through here.
        """
        inspected = sum(self._judging_inspections(lots).mapped("qty"))
        return self.product_id.uom_id.compare(quantity, inspected) > 0

    def _final_inspections_of(self, lot):
        """Return the final inspections that judge ``lot``: its own, else those of the whole order."""
        finals = self._final_inspections()
        made = self.lot_producing_ids | self.move_finished_ids.move_line_ids.lot_id
        whole = finals.filtered(lambda rec: not rec.lot_id or rec.lot_id not in made) or finals
        return finals.filtered(lambda rec: lot and rec.lot_id == lot) or whole

    def _final_inspections(self):
        return self.inspection_ids.filtered(lambda rec: rec.kind == "final" and rec.state != "canceled")

    def _inspection_problems(self, lots, quantity=None):
        """Return a sentence for each reason why what this order made may not enter stock; [] if it may.

        A lot that was inspected by itself is judged by that inspection, all others by that of the whole order;
        of several the last one counts.

        :param lots: stock.lot that enter, empty for goods without lots
        :param quantity: how much enters, in the product's unit; None for what is made along with the paper
        """
        self.ensure_one()
        problems = []
        for lot in lots or [lots]:
            verdict = self._final_inspections_of(lot)._verdict()
            if verdict == "open" and not self._paper_made():
                verdict = "unmade"
            if verdict != "passed":
                problems.append(self._inspection_sentence(verdict, lot))
        begun = self.workorder_ids.filtered(lambda rec: rec.state in ("progress", "done"))
        problems += self._control_problems(begun, ("next", "entry"))[0]
        if not problems and quantity and self._exceeds_inspected(lots, quantity):
            problems.append(
                self.env._(
                    "%(name)s: %(quantity)s %(uom)s are to enter stock, but only %(inspected)s were there when it was "
                    "inspected. The quality department has to inspect what was made since.",
                    name=self.name,
                    quantity=f"{quantity:.10g}",
                    inspected=f"{sum(self._judging_inspections(lots).mapped('qty')):.10g}",
                    uom=self.product_id.uom_id.name,
                )
            )
        return problems

    def _inspection_sentence(self, verdict, lot):
        texts = {
            "none": self.env._("%(name)s has no final inspection: the quality department has to make one."),
            "unmade": self.env._(
                "%(name)s has made nothing yet: finish its work orders or enter the quantity made. Then the quality "
                "department inspects it."
            ),
            "open": self.env._("%(name)s has not passed its final inspection yet: fill it in and confirm it."),
            "failed": self.env._("%(name)s failed its final inspection: it cannot enter stock."),
        }
        return texts[verdict] % {"name": f"{self.name} {lot.name}" if lot else self.name}

    def _check_final_inspection(self):
        """Refuse to finish orders whose paper has not passed (R6.1.1).

        :raises InspectionMissingError: naming each order
        """
        problems = []
        # sudo: the rule is the same whatever the user may read
        papers = self.sudo().filtered("is_paper")
        for production in papers:
            quantity = production.product_uom_id._compute_quantity(
                production.qty_producing, production.product_id.uom_id, rounding_method="HALF-UP"
            )
            problems += production._inspection_problems(production.lot_producing_ids, quantity)
        if problems:
            raise papers._inspection_error(problems)

    def _inspection_error(self, problems):
        """Return the named error that lists ``problems`` and leads to the final inspections still open."""
        waiting = self.inspection_ids.filtered(lambda rec: rec.kind == "final" and rec.state not in ("success", "canceled"))
        action = self.env["paper.way.out"]._lead_to(waiting)
        return InspectionMissingError("\n".join(problems), action=action, label=self.env._("Open the Inspection"))

    def _button_mark_done_sanity_checks(self):
        self._check_final_inspection()
        return super()._button_mark_done_sanity_checks()

    def write(self, vals):
        if vals.get("state") == "done":
            made = self.filtered(lambda rec: any(move.state != "cancel" for move in rec.move_finished_ids))
            made.filtered(lambda rec: rec.state != "done")._check_final_inspection()
        return super().write(vals)

    def copy_data(self, default=None):
        default = dict(default or {})
        accounting = {"wip_move_ids"} & self._fields.keys() - default.keys()
        # The entries of work in progress stay with their order; a worker could not even read them.
        result = super().copy_data({**default, **dict.fromkeys(accounting, [])})
        for vals in result:
            for name in accounting:
                vals.pop(name, None)
        return result

    # The inspection that comes with the order

    def action_confirm(self):
        result = super().action_confirm()
        self._make_final_inspections()
        return result

    def _split_productions(self, amounts=False, cancel_remaining_qty=False, set_consumed_qty=False):
        productions = super()._split_productions(amounts, cancel_remaining_qty, set_consumed_qty)
        productions.filtered(lambda rec: rec.state not in ("draft", "cancel"))._make_final_inspections()
        return productions

    def _make_final_inspections(self):
        # sudo: who confirms an order need not be able to read inspections
        lacking = self.sudo().filtered(lambda rec: rec.is_paper and (not rec._final_inspections() or rec.is_made_since))
        if lacking:
            self.env["qc.inspection"]._make_final_inspections(lacking)

    def action_make_final_inspection(self):
        """Make the final inspection of an order that has none, for example one older than this rule, or that has made
        more since it was inspected (R6.1.1).
        """
        self.ensure_one()
        self.env["qc.inspection"].check_access("create")
        if not self._lacks_final_inspection() and not self.is_made_since:
            raise InspectionStateError(
                self.env._("%(order)s needs no final inspection now: see the one that it has.", order=self.name),
                action=self.env["paper.way.out"]._lead_to(self._final_inspections()),
            )
        self._make_final_inspections()
        return self.action_view_inspections()

    def action_print_certificate(self):
        """Print the certificate of analysis of what these orders made."""
        return self._final_inspections()._certified().action_print_certificate()

    def action_view_inspections(self):
        """Open the inspections of an order."""
        self.ensure_one()
        return self.inspection_ids._get_records_action(name=self.env._("Inspections"))

    def _get_move_finished_values(
        self, product_id, product_uom_qty, product_uom, operation_id=False, byproduct_id=False, cost_share=0
    ):
        values = super()._get_move_finished_values(
            product_id, product_uom_qty, product_uom, operation_id, byproduct_id, cost_share
        )
        if not byproduct_id:
            values["paper_spec_id"] = self.paper_spec_id.id
        return values
