import logging
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

from .columns import store_columns

_logger = logging.getLogger(__name__)

BATCH = 500
# So many working days before it is due, an order is at risk.
SOON_DAYS = 3
# By cursor: orders that moved while a batch of them is made. Not in the cursor's own memory, which a savepoint rolled back
# empties.
HELD = WeakKeyDictionary()
# Fields of where an order stands, as columns; they are written past the ORM: nobody changed the order.
STANDING = ("paper_stage", "paper_stage_department_id", "paper_stage_user_id", "paper_stage_deadline", "paper_stage_ball")
# What is told of it, and not stored.
TOLD_OF_STANDING = ("paper_stage_late", "paper_next_step", "paper_next_owner", "paper_next_deadline")
NOWHERE = {**dict.fromkeys(STANDING), "paper_stage_ball": False}


class SaleOrder(models.Model):
    """Where an order stands, stored, so that 100,000 orders are searched, grouped and sorted by it.

    It is worked out from the milestones when the transaction in which something moved ends, and nothing in it depends on
    today: late is an order whose deadline has passed.
    """

    _inherit = "sale.order"

    paper_stage = fields.Selection(
        "_paper_stage_names", string="Stage", by_steps=True, group_expand="_expand_stages"
    )
    paper_stage_department_id = fields.Many2one(
        "res.groups", string="Department in Charge", by_steps=True, index="btree_not_null", ondelete="set null"
    )
    paper_stage_user_id = fields.Many2one(
        "res.users", string="Person in Charge", by_steps=True, index="btree_not_null", ondelete="set null"
    )
    paper_stage_ball = fields.Boolean(string="With the Customer", by_steps=True)
    paper_stage_deadline = fields.Date(string="Stage Due", by_steps=True)
    paper_stage_since = fields.Datetime(string="In This Stage Since", by_steps=True)
    paper_stage_late = fields.Boolean(string="Late", compute="_compute_paper_stage_late", search="_search_paper_stage_late")

    # The list is sorted by them, those without one included. Of all orders that a mill ever had, few are under way; desks,
    # board and counters read these alone.
    _paper_by_stage = models.Index("(paper_stage, id)")
    _paper_by_deadline = models.Index("(paper_stage_deadline, id)")
    _paper_under_way = models.Index("(paper_stage, paper_stage_department_id) WHERE paper_stage != 'closed'")

    @api.model
    def _paper_stage_names(self):
        return [*self._paper_stages(), ("closed", self.env._("Closed"))]

    @api.model
    def _expand_stages(self, stages, domain):
        # A board shows the stages in which orders are, and those between them.
        order = [code for code, _name in self._paper_stage_names()]
        shown = [place for place, code in enumerate(order) if code in stages]
        return order[min(shown) : max(shown) + 1] if shown else []

    @api.depends(
        "paper_stage",
        "paper_stage_deadline",
        "order_line.paper_commitment_date",
        "commitment_date",
        "state",
        "company_id",
    )
    def _compute_paper_stage_late(self):
        before_dispatch, begun = self._stages_before_dispatch(), {}
        under_way = self.filtered(lambda order: order.paper_stage not in (False, "closed") and order.state != "cancel")
        (self - under_way).paper_stage_late = False
        # A closed order is late no more, whatever its lines say.
        under_way._fetch_listed_lines()
        for order in under_way:
            company = order.company_id or self.env.company
            if company not in begun:
                today = company._paper_today()
                begun[company] = today, company._paper_day_begins(today)
            today, moment = begun[company]
            late = bool(order.paper_stage_deadline) and order.paper_stage_deadline < today
            if not late and order.paper_stage in before_dispatch:
                dates = [line._paper_delivery_date() for line in order.order_line if not line.display_type]
                late = any(date and date < moment for date in dates)
            order.paper_stage_late = late

    @api.model
    def _search_paper_stage_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._paper_today()
        waiting = self._under_way_domain() & Domain("state", "!=", "cancel")
        begun = self.env.company._paper_day_begins(today)
        # Of lines, too, only those are read that are under way.
        lines = Domain("display_type", "=", False) & self._under_way_domain()
        own = Domain("order_line", "any", lines & Domain("paper_commitment_date", "<", begun))
        as_order = Domain("order_line", "any", lines & Domain("paper_commitment_date", "=", False))
        overdue = own | (Domain("commitment_date", "<", begun) & as_order)
        promised = Domain("paper_stage", "in", self._stages_before_dispatch()) & overdue
        late = waiting & (Domain("paper_stage_deadline", "<", today) | promised)
        return late if True in value else ~late

    @api.model
    def _under_way_domain(self):
        """Return the domain of orders that wait for a step."""
        return Domain("paper_stage", "not in", (False, "closed"))

    @api.model
    def _stages_before_dispatch(self):
        order = [code for code, _name in self._paper_stages()]
        return order[: order.index("dispatched") + 1]

    # How far it is

    paper_tonnes = fields.Float(string="Weight (t)", digits=(16, 3), compute="_compute_paper_tonnes")
    paper_made_percent = fields.Float(string="Made (%)", digits=(5, 0), compute="_compute_paper_shares")
    paper_shipped_percent = fields.Float(string="Shipped (%)", digits=(5, 0), compute="_compute_paper_shares")

    @api.depends("paper_weight_kg")
    def _compute_paper_tonnes(self):
        for order in self:
            order.paper_tonnes = order.paper_weight_kg / 1000

    @api.depends("order_line.paper_weight_kg", "order_line.paper_made_kg", "order_line.paper_shipped_kg")
    def _compute_paper_shares(self):
        self._fetch_listed_lines()
        for order in self:
            ordered = sum(order.order_line.mapped("paper_weight_kg"))
            for name, reached in (("paper_made_percent", "paper_made_kg"), ("paper_shipped_percent", "paper_shipped_kg")):
                weight = sum(order.order_line.mapped(reached))
                order[name] = min(100.0 * weight / ordered, 100.0) if ordered else 0.0

    @api.model
    def _paper_tracked_stages(self):
        """Return the stages of which an installed addon knows how many kg have come through.

        A figure of any other stage is left out where it would be shown, not drawn as 0. Override to add.
        """
        return frozenset()

    @api.model
    def _leave_out_untracked(self, arch):
        """Leave out of a card what tells how much has come through a stage of which nothing is known."""
        tracked = self._paper_tracked_stages()
        for node in arch.xpath("//*[@data-paper-stage]"):
            if node.attrib.pop("data-paper-stage") not in tracked:
                node.getparent().remove(node)

    def _paper_reached(self, milestones):
        """Return ``{line id: {stage: kg that have come through it}}`` of the orders' lines of paper.

        :param milestones: ``{order: [milestone, …]}``
        """
        result = {}
        for items in milestones.values():
            for item in items:
                for progress in item["progress"]:
                    result.setdefault(progress.line, {})[item["code"]] = progress.reached
        return result

    # Kept by the end of each transaction

    def _standing_changed(self, weight=False):
        """Have it worked out anew, when the transaction ends, where these orders stand.

        Until then a list, a search and a desk read where they stood when it began: half of a step is no standing.

        :param weight: making or delivering ended as well, or an ordered quantity changed: they may fall short
        """
        if not self.ids:
            return
        waiting = HELD.get(self.env.cr)
        if waiting is None:
            precommit = self.env.cr.precommit
            waiting = precommit.data.setdefault("paper_stages", {})
            if not waiting:
                precommit.add(self._refresh_moved_stages)
        waiting.update((order, weight or waiting.get(order, False)) for order in self.ids)

    @contextmanager
    def _standing_at_once(self):
        """Within: work out where orders stand once at the end, not at each savepoint, which ends like a transaction does."""
        cursor = self.env.cr
        if cursor in HELD:
            yield
            return
        HELD[cursor] = {}
        try:
            yield
        finally:
            held = HELD.pop(cursor)
            self.browse(held)._standing_changed()
            self.browse(order for order, weight in held.items() if weight)._standing_changed(weight=True)

    def _refresh_moved_stages(self):
        waiting = self.env.cr.precommit.data.pop("paper_stages", {})
        # sudo: whoever moved a document moves the status of its orders, and tells sales what fell short
        orders = self.sudo().browse(waiting).exists()
        milestones = orders.filtered("is_paper_order")._get_sorted_milestones()
        before = {order: order.paper_stage_department_id for order in orders}
        moved = orders._refresh_stages(milestones)
        moved._tell_desks(before)
        orders.filtered(lambda order: waiting[order.id])._paper_tell_short(milestones)

    def _tell_desks(self, before):
        """Have the desks of those departments read again that have these orders now, or had them.

        :param before: ``{order: the department that had it}``
        """
        departments = self.paper_stage_department_id.union(*(before[order] for order in self))
        if self:
            moved = {"departments": departments.ids, "orders": self.ids}
            self.env["bus.bus"]._sendone("paper_desk", "paper_desk_moved", moved)

    def _refresh_stages(self, milestones=None):
        """Work out where these orders stand and store what is different. Call it with the rights of the system.

        :param milestones: of those that are paper orders, in the regulation's order, where they are known already
        :return: ``sale.order``, those that stood elsewhere
        """
        moved, stored = self.browse(), []
        if milestones is None:
            milestones = self.filtered("is_paper_order")._get_sorted_milestones()
        standing = self._stage_values(milestones)
        stages = {order.id: standing.get(order, NOWHERE)["paper_stage"] for order in self}
        self.order_line._store_reached(self._paper_reached(milestones), stages)
        for order in self:
            values = standing.get(order, NOWHERE)
            known = {name: order[name].id if isinstance(order[name], models.BaseModel) else order[name] for name in STANDING}
            if all((known[name] or None) == (values[name] or None) for name in STANDING):
                continue
            since = order.paper_stage_since
            if values["paper_stage"] != known["paper_stage"]:
                since = values["paper_stage"] and fields.Datetime.now()
            stored.append((order.id, *(values[name] for name in STANDING), since or None))
            moved |= order
        moved._store_standing(stored)
        self._store_status(milestones)
        return moved

    def _store_standing(self, rows):
        """Store where orders stand, all of them at once.

        :param rows: ``(id, *values of STANDING, paper_stage_since)`` of each of the orders
        """
        names = [*STANDING, "paper_stage_since"]
        store_columns(self, names, rows)
        self.invalidate_recordset([*names, *TOLD_OF_STANDING], flush=False)

    @api.model
    def _stage_values(self, milestones):
        """Return ``{order: {column: value}}`` of where each paper order stands, by its milestones."""
        return {
            order: {
                "paper_stage": step["code"],
                "paper_stage_department_id": self._department_id(step["department"]),
                "paper_stage_user_id": step["user"].id or None,
                "paper_stage_deadline": step["deadline"],
                "paper_stage_ball": step["state"] == "paused",
            }
            if step
            else {**NOWHERE, "paper_stage": None if order.state == "cancel" else "closed"}
            for order, step in self._steps_ahead_of(milestones).items()
        }

    @api.model
    def _cron_refresh_stages(self):
        """Look over the orders that are not closed, once a day: what no document told is put right, and told in the log."""
        domain = Domain("is_paper_order", "=", True) & Domain("state", "!=", "cancel") & Domain("paper_stage", "!=", "closed")
        moved = self._refresh_all_stages(self.search(domain))
        if moved:
            _logger.info("%s orders stood elsewhere than what they had told", moved)

    @api.model
    def _refresh_all_stages(self, orders):
        """Refresh many orders, batch by batch; return how many stood elsewhere."""
        moved = 0
        for ids in split_every(BATCH, orders.ids):
            moved += len(self.browse(ids)._refresh_stages())
            self.env.invalidate_all()
        return moved
