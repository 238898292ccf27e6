from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.locking import lock_or_tell
from odoo.tools import SQL

from ...exceptions import MassBalanceError, RollParentError
from ...lib.sisters import SCOPES, sisters_of
from ...lib.weight import Balance

CONVERTERS = (
    "paper_base.group_workshop",
    "paper_base.group_supervisor",
    "paper_base.group_warehouse",
    "paper_base.group_quality",
)
# More rolls than these nobody looks through at once: then only the roll's own line is drawn.
DRAWN = 400
NODE = [
    "name",
    "paper_kind",
    "paper_width",
    "paper_length",
    "paper_net_kg",
    "paper_joints",
    "paper_disposition",
    "paper_position",
    "paper_taken_kg",
]


class StockLot(models.Model):
    """Where a roll comes from and what became of it, over as many steps as there were."""

    _inherit = "stock.lot"

    _acts = {"convert": ((), CONVERTERS)}

    paper_parent_link_ids = fields.One2many("paper.lot.link", "child_id", string="Cut From", readonly=True)
    paper_child_link_ids = fields.One2many("paper.lot.link", "parent_id", string="Cut Into", readonly=True)
    paper_taken_kg = fields.Float(
        string="Converted (kg)", digits=(16, 3), by_steps=True, help="How much of the roll became others, or broke."
    )
    can_convert = fields.Boolean(compute="_compute_can_steps")

    def _act_objection(self, verb):
        if verb == "convert" and self.paper_disposition in ("held", "cull", "broke"):
            return self.env._("%(roll)s is stopped: first the quality department decides on it.", roll=self.name)
        return super()._act_objection(verb)

    # Genealogy

    def _paper_descendants(self):
        """Return ``{lot: lots}``: all that was made of each, over all steps; one query."""
        return self._paper_family("parent_id", "child_id")

    def _paper_ancestors(self):
        """Return ``{lot: lots}``: all that each was made of, over all steps; one query."""
        return self._paper_family("child_id", "parent_id")

    def _paper_family(self, start, end):
        found = dict.fromkeys(self, self.browse())
        if self.ids:
            self.env["paper.lot.link"].flush_model(["parent_id", "child_id"])
            # OFFSET 0: PostgreSQL takes the family for far larger than it is, and would read the whole table at each step.
            # UNION, not UNION ALL: a roll that comes over two ways counts once, and a circle ends.
            rows = self.env.execute_query(
                SQL(
                    """WITH RECURSIVE family(root, lot) AS (
                            SELECT %(start)s, %(end)s FROM paper_lot_link WHERE %(start)s = ANY(%(ids)s)
                            UNION
                            SELECT family.root, link.next
                              FROM family CROSS JOIN LATERAL (
                                   SELECT %(end)s AS next FROM paper_lot_link WHERE %(start)s = family.lot OFFSET 0
                              ) link
                       )
                       SELECT root, array_agg(lot ORDER BY lot) FROM family GROUP BY root""",
                    start=SQL.identifier(start),
                    end=SQL.identifier(end),
                    ids=list(self.ids),
                )
            )
            found.update({self.browse(root): self.browse(lots) for root, lots in rows})
        return found

    def _paper_edges(self):
        """Return ``[(parent id, child id, kg, from m, to m), …]`` of all that was made of these lots; one query."""
        if not self.ids:
            return []
        self.env["paper.lot.link"].flush_model()
        return self.env.execute_query(
            SQL(
                """WITH RECURSIVE family(lot) AS (
                        SELECT unnest(%s)
                        UNION
                        SELECT link.child_id
                          FROM family CROSS JOIN LATERAL (
                               SELECT child_id FROM paper_lot_link WHERE parent_id = family.lot OFFSET 0
                          ) link
                   )
                   SELECT link.parent_id, link.child_id, link.kg, link.from_m, link.to_m
                     FROM family JOIN paper_lot_link link ON link.parent_id = family.lot
                    ORDER BY link.parent_id, link.from_m, link.position, link.id""",
                list(self.ids),
            )
        )

    def _paper_sisters(self, scope="jumbo"):
        """Return the rolls that share a fault with these: those of the same jumbo, and what was made of them.

        :param scope: ``jumbo`` all of it, ``set`` those of the same set, ``position`` those from the same place across the web
        """
        if scope not in SCOPES:
            raise RollParentError(self.env._("Sister rolls are those of the same jumbo, the same set, or the same position."))
        above = self._paper_ancestors()
        everything = self.browse().union(*above.values(), self)
        everything.fetch(["paper_kind"])
        jumbos = everything.filtered(lambda lot: lot.paper_kind == "jumbo")
        edges = jumbos._paper_edges()
        lots = self.browse({key for parent, child, *_rest in edges for key in (parent, child)})
        lots.fetch(["paper_kind", "paper_set_number", "paper_position"])
        facts = {lot.id: (lot.paper_kind, lot.paper_set_number, lot.paper_position) for lot in lots}
        return self.browse(sorted(sisters_of(set(self.ids), [edge[:2] for edge in edges], facts, scope)))

    def _paper_sisters_text(self, scope):
        # sudo: a fault is stopped in all of them, whatever the user may read
        names = self.sudo()._paper_sisters(scope).mapped("name")
        shown = ", ".join(names[:20])
        return self.env._("%(count)s sister rolls: %(rolls)s", count=len(names), rolls=shown + ("…" if len(names) > 20 else ""))

    @api.readonly
    def get_paper_tree(self):
        """Return what the tree of a roll is drawn from.

        :return: dictionary with ``nodes`` (``{id: figures}``; ``used`` where nothing of it is left),
            ``edges`` (``[[parent, child, kg, from m, to m], …]``), ``roots``,
            ``own`` (this roll), ``left_out`` (how many are not drawn)
        """
        self.ensure_one()
        self.check_access("read")
        above = self._paper_ancestors()[self]
        family = above | self
        # sudo: what begins the tree does not depend on who looks at it
        cut = self.env["paper.lot.link"].sudo().search_fetch([("child_id", "in", family.ids)], ["child_id"]).child_id
        roots = family.filtered(lambda lot: lot.id not in cut.ids)
        edges = roots._paper_edges()
        own = {*family.ids, *self._paper_descendants()[self].ids}
        everyone = own | {key for edge in edges for key in edge[:2]}
        shown = everyone if len(everyone) <= DRAWN else own
        lots = self.browse(sorted(shown)[:DRAWN] if len(shown) > DRAWN else sorted(shown))._filtered_access("read")
        seen = set(lots.ids)
        kinds, dispositions = (
            dict(self._fields[name]._description_selection(self.env)) for name in ("paper_kind", "paper_disposition")
        )
        # What was never weighed is used up when nothing of it is in stock.
        # sudo: how much of it is there, whoever may read stock
        unweighed = lots.filtered(lambda lot: lot.paper_taken_kg and not lot.paper_net_kg).sudo()
        gone = {lot.id for lot in unweighed if not lot._paper_left_kg()}
        nodes = {
            row["id"]: {
                **row,
                "kind": kinds.get(row["paper_kind"], ""),
                "disposition": dispositions[row["paper_disposition"]],
                "used": row["id"] in gone or 0 < row["paper_net_kg"] <= row["paper_taken_kg"] + 0.0005,
            }
            for row in lots.read(NODE)
        }
        return {
            "nodes": nodes,
            "edges": [list(edge) for edge in edges if edge[0] in seen and edge[1] in seen],
            "roots": [key for key in roots.ids if key in seen],
            "own": self.id,
            "left_out": len(everyone) - len(seen),
        }

    # Conversion

    def _paper_left_kg(self):
        """Return how much of the roll was not converted yet, kg; of one that was never weighed, how much of it is in stock."""
        self.ensure_one()
        if not self.paper_net_kg:
            return self.product_id.uom_id._paper_kg(self.product_qty)
        return max(self.paper_net_kg - self.paper_taken_kg, 0.0)

    def _paper_convert(
        self, children, operation, broke_kg=0.0, left_kg=0.0, reason="", machine=None, crew="", with_goods=False
    ):
        """Make rolls of these, or sheets, or pallets, and keep the tree.

        :param children: list of dictionaries, the values of a new lot each, or ``{"lot": stock.lot}`` of one that there is;
            with ``parts``, which say of which parents: ``[{"parent": lot, "kg": …, "from_m": …, "to_m": …, "position": …}, …]``.
            Without, each child is made of all parents, by what is left of them.
        :param operation: one of the operations of ``paper.roll.conversion``
        :param broke_kg: what became broke
        :param left_kg: what stays on the parents
        :param reason: why the weights differ, where they do
        :param with_goods: whether what lies in stock of the parents leaves it and what was made enters it; not where an order
            consumes the one and brings in the other
        :return: stock.lot, in the order of ``children``
        :raises MassBalanceError: if more came out than went in, or less without a reason
        :raises RollParentError, RollWidthError, RollNumberError, RollFigureError, RollUnitError: for what cannot be
        :raises RollPlaceError, RollKeptError: for goods that do not lie together, or are picked
        """
        self._check_act("convert")
        if not self or not children:
            raise RollParentError(self.env._("Say which rolls were converted, and what was made of them."))
        lock_or_tell(self)
        parents = self.sudo()  # sudo: the right was asked; a conversion writes what nobody's hand does
        parents._check_units()
        quants = parents._paper_lying_together() if with_goods else self.env["stock.quant"]
        left = {parent: parent._paper_left_kg() for parent in parents}
        company = parents.company_id[:1] or self.env.company
        children = [dict(child) for child in children]
        shares = [child.pop("parts", None) for child in children]
        there = {child["lot"].id for child in children if "lot" in child}
        machine = machine or self.env["mrp.workcenter"]
        lots = parents._paper_children(children, company, machine, crew)
        if lots & parents:
            raise self.env["paper.lot.link"]._parent_error((lots & parents)[0])
        lots._check_units()
        balance = Balance(sum(left.values()) - left_kg, sum(lots.mapped("paper_net_kg")), broke_kg)
        parents._check_balance(balance, company, broke_kg, left_kg, reason)
        conversion = (
            parents.env["paper.roll.conversion"]
            ._by_step()
            .create(
                {
                    "company_id": company.id,
                    "operation": operation,
                    "machine_id": machine.id,
                    "crew": crew,
                    "user_id": self.env.uid,
                    "done_on": fields.Datetime.now(),
                    "parents_kg": balance.parents_kg,
                    "children_kg": balance.children_kg,
                    "broke_kg": broke_kg,
                    "difference_kg": balance.difference_kg,
                    "reason": said(reason),
                    "made": [lot.id for lot in lots if lot.id not in there],
                }
            )
        )
        vals_list = []
        for lot, parts in zip(lots, shares, strict=True):
            for part in parts or parents._paper_parts(lot, left):
                vals_list.append(
                    {
                        "company_id": company.id,
                        "conversion_id": conversion.id,
                        "parent_id": part["parent"].id,
                        "child_id": lot.id,
                        "kg": part.get("kg", 0.0),
                        "from_m": part.get("from_m", 0.0),
                        "to_m": part.get("to_m", 0.0),
                        "position": part.get("position", lot.paper_position),
                    }
                )
        parents.env["paper.lot.link"]._by_step().create(vals_list)
        whole = sum(left.values())
        taken = {parent: left[parent] - left_kg * (left[parent] / whole if whole else 0.0) for parent in parents}
        for parent in parents:
            parent._by_step().write({"paper_taken_kg": parent.paper_taken_kg + taken[parent]})
        conversion._by_step().write({"taken": {str(parent.id): taken[parent] for parent in parents}})
        parts = {parent: taken[parent] / left[parent] if left[parent] else 0.0 for parent in parents}
        entering = lots - lots._paper_lying().lot_id
        waiting = conversion._move_goods(quants, parts, {lot: lot.paper_net_kg for lot in entering})
        parents._paper_converted(lots)
        waiting._action_assign()
        return self.browse(lots.ids)

    def _paper_parts(self, child, left):
        """Return of which of these parents a child was made that does not say: of all, by what is left of them."""
        whole = sum(left.values())
        return [
            {"parent": parent, "kg": child.paper_net_kg * (left[parent] / whole if whole else 1 / len(self))} for parent in self
        ]

    def _paper_children(self, children, company, machine, crew):
        """Make the lots of a conversion that are not there yet; return all, in their order."""
        first = self[:1]
        usual = {
            "product_id": first.product_id.id,
            "company_id": company.id,
            "paper_kind": "roll",
            "paper_spec_id": first.paper_spec_id.id,
            "paper_machine_id": machine.id or first.paper_machine_id.id,
            "paper_crew": crew or first.paper_crew,
            "paper_made_on": fields.Datetime.now(),
        }
        made = iter(self.create([{**usual, **child} for child in children if "lot" not in child]))
        return self.browse([(child["lot"] if "lot" in child else next(made)).id for child in children])

    def _check_balance(self, balance, company, broke_kg, left_kg, reason):
        difference = balance.difference_kg
        if broke_kg < 0 or left_kg < 0:
            raise MassBalanceError(self.env._("Broke and what is left cannot be below zero."))
        if balance.within(company.paper_balance_tolerance) or (difference > 0 and said(reason)):
            return
        texts = {
            True: self.env._(
                "%(rolls)s: %(taken)s kg were taken, %(made)s kg made and %(broke)s kg became broke: %(difference)s kg are "
                "missing. Enter what became of them, or the reason."
            ),
            False: self.env._(
                "%(rolls)s: %(taken)s kg were taken, but %(made)s kg made and %(broke)s kg became broke, %(difference)s kg too "
                "many. Weigh the rolls again."
            ),
        }
        raise MassBalanceError(
            texts[difference > 0]
            % {
                "rolls": ", ".join(self.mapped("name")),
                "taken": f"{balance.parents_kg:.10g}",
                "made": f"{balance.children_kg:.10g}",
                "broke": f"{broke_kg:.10g}",
                "difference": f"{abs(difference):.10g}",
            }
        )

    def _paper_converted(self, children):
        """What is made of rolls for sale is for sale, unless somebody decided on it. Override to do more."""
        if set(self.mapped("paper_disposition")) != {"sale"}:
            return
        parents = ", ".join(self.mapped("name"))
        reason = self.env._("Made of %(rolls)s.", rolls=parents)
        children.filtered(lambda lot: lot.paper_disposition == "pending")._follow_to("sale", paper_disposition_reason=reason)
