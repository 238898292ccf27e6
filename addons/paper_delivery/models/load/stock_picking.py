from odoo import api, fields, models

from ...exceptions import LoadingDifferenceError, LoadingPersonError, NoticeStateError, NotOnHandError, PackingIncompleteError
from ...lib.loading import STEP, compare

LOADERS = ("paper_base.group_logistics", "paper_base.group_warehouse")


class StockPicking(models.Model):
    _inherit = "stock.picking"

    paper_loading_state = fields.Selection(
        [("todo", "To Be Checked"), ("passed", "Checked")],
        string="Loading Check",
        default="todo",
        tracking=True,
        by_steps=True,
    )
    paper_loaded = fields.Json(help="What was loaded when it was checked.", by_steps=True)
    paper_loaded_on = fields.Datetime(string="Loading Checked on", by_steps=True)
    paper_loaded_by_id = fields.Many2one("res.users", string="Loading Checked by", by_steps=True)
    paper_check_ids = fields.One2many("paper.packing.check", "picking_id", string="Packing Checklist")
    can_check_loading = fields.Boolean(compute="_compute_can_check_loading")

    @api.depends("state", "paper_notice_id.state", "paper_loading_state", "move_ids.quantity", "move_ids.picked")
    @api.depends_context("uid")
    def _compute_can_check_loading(self):
        may = self._is_one_of(LOADERS)
        # sudo: the rule is the same whatever the user may read
        for picking in self:
            own = picking.sudo()
            picking.can_check_loading = may and own._is_loadable() and not own._is_loaded_as_checked()

    def _prepare_loading(self):
        """Put the packing checklist on the deliveries of a planned notice."""
        vals_list = []
        for picking in self.filtered(lambda rec: not rec.paper_check_ids):
            vals_list += self.env["paper.packing.check"]._prepare_checks(picking)
        self.env["paper.packing.check"]._by_step().create(vals_list)

    def action_check_loading(self):
        """Compare the goods with the dispatch notice and the packing with its checklist (R6.2.2); logistics
        or warehouse. A difference within the specification's tolerance passes with a note.

        :raises LoadingDifferenceError: with every difference
        :raises NotOnHandError: where more of a roll is loaded than lies there
        :raises PackingIncompleteError: with the points not ticked off
        """
        self._check_hands(LOADERS)
        self.check_access("write")
        for picking in self:
            picking._check_loadable()
            picking._check_other_person()
            differences = picking._loading_differences()
            wrong = [item for item in differences if item.verdict != "within"]
            picking._check_on_hand()
            if wrong:
                action = self.env["paper.way.out"]._lead_to(picking.sudo().paper_notice_id)  # sudo: offered to who may open it
                raise LoadingDifferenceError(picking._difference_text(wrong), action=action)
            picking._check_packing()
            picking._check_scanned()
            picking._pass_loading_check(differences)
        return True

    def _check_other_person(self):
        """Refuse, where the mill separates the two, that who picked the goods checks their loading.

        :raises LoadingPersonError: naming the person
        """
        self.ensure_one()
        if self.company_id.paper_checker_not_picker and self.sudo().user_id == self.env.user:  # sudo: only who picked
            raise LoadingPersonError(
                self.env._(
                    "%(person)s picked %(delivery)s: somebody else checks its loading.",
                    person=self.env.user.name,
                    delivery=self.name,
                )
            )

    def _check_scanned(self):
        """Refuse, where the mill loads by scan, what was not scanned roll by roll.

        :raises LoadingDifferenceError: naming the rolls
        """
        self.ensure_one()
        if not self.company_id.paper_scan_loading:
            return
        # sudo: the rule is the same whatever the loader may read
        scanned = self.sudo().paper_event_ids.filtered(lambda event: event.kind == "loaded" and event.verdict == "ok").lot_id
        missing = self.sudo()._paper_lines().lot_id - scanned
        if missing:
            raise LoadingDifferenceError(
                self.env._(
                    "%(delivery)s: not scanned yet: %(rolls)s", delivery=self.name, rolls=", ".join(missing.mapped("name"))
                )
            )

    def _check_loadable(self):
        self.ensure_one()
        if not self._is_loadable():
            raise NoticeStateError(
                self.env._(
                    "%(delivery)s has no planned dispatch notice: there is nothing to check its loading against.",
                    delivery=self.name,
                ),
                # sudo: offered to who may open it
                action=self.env["paper.way.out"]._lead_to(self.sudo().paper_notice_id or self.sudo().sale_id),
            )

    def _is_loadable(self):
        return self.state not in ("done", "cancel") and self.paper_notice_id.state == "planned"

    def _loading_differences(self):
        self.ensure_one()
        expected, tolerances = {}, {}
        for line in self.paper_notice_id.line_ids.filtered(lambda rec: rec.picking_id == self):
            # By line of the order: too much of one does not make up for too little of another.
            key = (line.product_id, line.paper_spec_id, line.order_line_id)
            expected[key] = expected.get(key, 0.0) + line.quantity_kg
            tolerances[key] = (line.paper_spec_id.tolerance_minus, line.paper_spec_id.tolerance_plus)
        for key, kg in expected.items():
            # The tolerance is one of the order: a notice that takes it up already is loaded with no more on top.
            less, more = tolerances[key]
            left = key[2]._paper_accepted_kg() - key[2]._paper_line_kg(key[2].qty_delivered) if key[2] else kg * (1 + more / 100)
            tolerances[key] = (less, min(more, max(100 * (left / kg - 1), 0.0) if kg else 0.0))
        return compare(expected, self._paper_contents("line"), tolerances)

    def _check_on_hand(self):
        """Refuse to load more of a roll, or of goods without one, than lies where it is taken from.

        :raises NotOnHandError: naming the roll, what lies there and what was loaded
        """
        self.ensure_one()
        # sudo: the rule is the same whatever the loader may read
        lines = self.sudo()._paper_lines().filtered("product_id.is_storable")
        for (lot, product, place), own in lines.grouped(lambda rec: (rec.lot_id, rec.product_id, rec.location_id)).items():
            quants = self.env["stock.quant"].sudo()._gather(product, place, lot_id=lot, strict=bool(lot))  # sudo: see above
            there = sum(quant._paper_on_hand_kg() for quant in quants if lot or not quant.lot_id)
            loaded = sum(self._in_kg(line.product_uom_id, line.quantity) for line in own)
            if loaded > there + STEP:
                raise NotOnHandError(
                    self.env._(
                        "%(goods)s: %(loaded)s kg are loaded, but only %(there)s kg lie at %(place)s.",
                        goods=lot.name or product.display_name,
                        loaded=round(loaded, 3),
                        there=round(there, 3),
                        place=place.display_name,
                    )
                )

    def _difference_text(self, differences):
        notice = self.paper_notice_id.name
        lines = [self.env._("%(delivery)s is not loaded as %(notice)s says:", delivery=self.name, notice=notice)]
        for item in differences:
            product, spec, _line = item.key
            lines.append(
                self.env._(
                    "• %(product)s %(spec)s: %(expected)s kg announced, %(found)s kg loaded",
                    product=product.display_name,
                    spec=spec.display_name or "",
                    expected=round(item.expected, 3),
                    found=round(item.found, 3),
                )
            )
        return "\n".join(lines)

    def _check_packing(self):
        self.ensure_one()
        missing = self.paper_check_ids.filtered(lambda check: not check.done)
        if missing or not self.paper_check_ids:
            kinds = dict(missing._fields["kind"]._description_selection(self.env))
            raise PackingIncompleteError(
                self.env._(
                    "%(delivery)s: tick off the packing first: %(points)s.",
                    delivery=self.name,
                    points=", ".join(kinds[check.kind] for check in missing),
                )
            )

    def _pass_loading_check(self, differences):
        # sudo: whoever loads writes down no more of the transfer than this step does
        self.sudo()._by_step().write(
            {
                "paper_loading_state": "passed",
                "paper_loaded": self._loaded_snapshot(),
                "paper_loaded_on": fields.Datetime.now(),
                "paper_loaded_by_id": self.env.uid,
            }
        )
        if differences:
            self.message_post(body=self._difference_text(differences) + "\n" + self.env._("Within the tolerance."))

    def _loaded_snapshot(self):
        contents = self._paper_contents("lot")
        return sorted([product.id, spec.id, lot.id, round(kg, 3)] for (product, spec, lot), kg in contents.items())

    def _is_loaded_as_checked(self):
        self.ensure_one()
        return self.paper_loading_state == "passed" and self.paper_loaded == self._loaded_snapshot()

    def _reset_loading_check(self):
        waiting = self.filtered(lambda rec: rec.state != "done")
        waiting._by_step().write({"paper_loading_state": "todo", "paper_loaded": False})
