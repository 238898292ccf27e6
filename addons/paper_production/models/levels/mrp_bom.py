from odoo import Command, api, fields, models
from odoo.addons.paper_base.lib.geometry import REEL, SHEET
from odoo.fields import Domain

from ...exceptions import RecipeError

KINDS = [("run", "Run"), ("cut", "Cut")]
# Both levels are kept for this much paper, kg, so that their figures read as per tonne.
BATCH_KG = 1000.0


class MrpBom(models.Model):
    """A recipe of finished paper, and what is derived from it: the run of a base paper, and the cut of a format.

    A recipe is what the mill enters: pulp, fillers, packing, and all operations. Of it are derived, when a paper is first needed,
    a base paper of its grade and basis weight with the bill of materials of the run, and the bill of materials of the cut. When
    the recipe changes, the next order gets bills of its own; orders in work keep theirs.
    """

    _inherit = "mrp.bom"

    is_paper = fields.Boolean(related="product_tmpl_id.is_paper", help="")
    paper_kind = fields.Selection(KINDS, string="Level", readonly=True, copy=False, index="btree_not_null")
    paper_format = fields.Selection([(REEL, "Reel"), (SHEET, "Sheet")], string="Format", readonly=True, copy=False)
    paper_recipe_id = fields.Many2one(
        "mrp.bom", string="Recipe", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    paper_base_id = fields.Many2one(
        "product.product", string="Base Paper", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    paper_broke_id = fields.Many2one(
        "product.product",
        string="Broke",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="What the runs and cuts of this recipe give back to the pulper.",
    )
    paper_derived_from = fields.Text(readonly=True, copy=False, help="The recipe as it stood when this was derived from it.")
    paper_run_broke = fields.Float(string="Broke of a Run (%)", digits=(5, 2), default=4, help="Per kg of base paper.")
    paper_cut_trim = fields.Float(
        string="Trim and Broke of a Cut (%)", digits=(5, 2), default=3, help="Of the base paper that is taken."
    )
    paper_broke_share = fields.Float(
        string="Broke Taken Back (%)",
        digits=(5, 2),
        default=20,
        help="Most of what a run is made of that may be broke; as far as there is any, it takes the place of pulp.",
    )
    paper_broke_value = fields.Float(
        string="Value of Broke (%)",
        digits=(5, 2),
        default=80,
        help="What a kg of broke is worth, of what a kg of the paper with it is: so much of the cost goes back to the pulper.",
    )
    paper_yield = fields.Float(
        string="Yield (%)",
        digits=(9, 4),
        help="Which share of the weight of pulp and fillers stays in the web. 0 in a recipe: so much that the recipe balances.",
    )

    # Two people who confirm at once would each derive the same: whoever comes second changes this too, and is tried again.
    paper_base_count = fields.Integer(string="Base Papers", readonly=True, copy=False)

    _paper_one_run = models.UniqueIndex(
        "(paper_recipe_id, paper_base_id) WHERE paper_kind = 'run' AND active", "This base paper has its run already."
    )
    _paper_one_cut = models.UniqueIndex(
        "(paper_recipe_id, paper_base_id, paper_format) WHERE paper_kind = 'cut' AND active", "This paper has its cut already."
    )
    _paper_shares = models.Constraint(
        """CHECK(paper_run_broke >= 0 AND paper_cut_trim >= 0 AND paper_cut_trim < 100 AND paper_broke_share >= 0
           AND paper_broke_share <= 100 AND paper_yield >= 0 AND paper_yield <= 100
           AND paper_broke_value >= 0 AND paper_broke_value <= 100)""",
        "Broke, trim and yield are shares: none is below 0 or above 100 %, and not all of a cut is trim.",
    )

    @api.model
    def _bom_find_domain(self, products, picking_type=None, company_id=False, bom_type=False):
        # Which cut an order needs its specification says; Odoo finds the recipe.
        found = super()._bom_find_domain(products, picking_type=picking_type, company_id=company_id, bom_type=bom_type)
        return Domain(found) & Domain("paper_kind", "!=", "cut")

    # What promise and cost ask of a recipe of which nothing is derived yet

    def _is_paper_recipe(self, product):
        """Say whether this is the recipe, not a level of it, of paper that is cut from base paper."""
        return bool(product.paper_two_levels) and not self.paper_kind

    def _paper_taken_share(self):
        """Return how many kg of base paper a kg of finished paper takes."""
        return 1 / (1 - self.paper_cut_trim / 100)

    def _paper_borne(self, product):
        if not self._is_paper_recipe(product):
            return super()._paper_borne(product)
        run = self._paper_broke_cost(BATCH_KG * self.paper_run_broke / 100)
        cut = self._paper_broke_cost(BATCH_KG * (self._paper_taken_share() - 1))
        return (1 - run / 100) * (1 - cut / 100)

    def _paper_counts_loss(self, product):
        return self._is_paper_recipe(product) or super()._paper_counts_loss(product)

    def _paper_broke_cost(self, broke_kg):
        """Return the share of the cost, %, that so much broke beside a batch of paper bears."""
        worth = broke_kg * self.paper_broke_value / 100
        return 100 * worth / (BATCH_KG + worth)

    # Deriving

    def _paper_cut(self, spec):
        """Return the bill of materials by which paper of ``spec`` is cut; what it needs is derived from this recipe.

        :raises RecipeError: if the specification or the recipe lacks what is needed, naming it
        """
        self.ensure_one()
        # sudo: whoever orders paper need not read how it is made
        recipe, spec = self.sudo(), spec.sudo()
        recipe._check_recipe(spec)
        base = recipe._paper_base(spec)
        stands = recipe._paper_standing()
        own = Domain("paper_recipe_id", "=", recipe.id) & Domain("paper_base_id", "=", base.id)
        found = recipe.search(own & Domain("paper_kind", "=", "cut") & Domain("paper_format", "=", spec.format), limit=1)
        if found.paper_derived_from != stands:
            found._paper_retire()
            found = recipe.create({**recipe._prepare_cut(base, spec.format), "paper_derived_from": stands})
        return found

    def _paper_retire(self):
        """Archive what was derived of a recipe that stands no more, before its successor is made."""
        self.active = False
        self.flush_recordset(["active"])

    def _paper_base(self, spec):
        """Return the base paper of this recipe for the grade and basis weight of ``spec``, with its run."""
        base = self.env["product.product"].search(
            [
                ("paper_recipe_id", "=", self.id),
                ("paper_web_spec_id.grade_id", "=", spec.grade_id.id),
                ("paper_web_spec_id.basis_weight", "=", spec.basis_weight),
                ("paper_web_spec_id.company_id", "=", spec.company_id.id),
            ],
            limit=1,
        )
        if not self.paper_broke_id:
            self.paper_broke_id = base.create(self._prepare_broke())
        if not base:
            base = base.create(self._prepare_base(spec))
            self.paper_base_count += 1
        stands = self._paper_standing()
        runs = self.search([("paper_recipe_id", "=", self.id), ("paper_kind", "=", "run"), ("paper_base_id", "=", base.id)])
        if runs[:1].paper_derived_from != stands:
            runs._paper_retire()
            self.create({**self._prepare_run(base), "paper_derived_from": stands})
        return base

    def _paper_standing(self):
        """Return the recipe as text: by it one sees whether something was derived from the recipe as it stands."""
        parts = [f"{self.product_uom_id._paper_kg(self.product_qty):.10g}"]
        parts += [
            f"{value:.10g}" for value in (self.paper_run_broke, self.paper_cut_trim, self.paper_yield, self.paper_broke_share)
        ]
        if self.paper_broke_value:  # recipes of before gave it none, and what was derived of them stands
            parts.append(f"broke {self.paper_broke_value:.10g}")
        for line in self.bom_line_ids:
            parts.append(f"{line.product_id.id}:{line.product_qty:.10g}:{line.product_uom_id.id}:{line.operation_id.id}")
        for work in self.operation_ids:
            parts.append(
                f"{work.id}:{work.name}:{work.workcenter_id.id}:{work.time_mode}:{work.time_cycle_manual:.10g}"
                f":{work.paper_level}:{work.paper_format}"
            )
        return "\n".join(parts)

    def _check_recipe(self, spec):
        name = self.display_name
        missing = [field for field in ("grade_id", "basis_weight") if not spec[field]]
        if missing:
            labels = ", ".join(spec._fields[field]._description_string(self.env) for field in missing)
            raise RecipeError(
                self.env._(
                    "%(spec)s says no %(fields)s: no base paper can be made for it. Complete the specification.",
                    spec=spec.display_name,
                    fields=labels,
                ),
                action=self.env["paper.way.out"]._lead_to(spec),
            )
        way = self.env["paper.way.out"]._lead_to(self)
        if not self.product_uom_id._paper_kg(self.product_qty):
            raise RecipeError(
                self.env._("The recipe %(recipe)s is for no weight: give its quantity in kg or tonnes.", recipe=name), action=way
            )
        if not any(work.paper_level == "run" for work in self.operation_ids) or not self._paper_lines("run"):
            raise RecipeError(
                self.env._(
                    "The recipe %(recipe)s has no paper machine, or nothing that is made into paper on it. Enter an operation of "
                    "the level “Run”, and pulp in kg.",
                    recipe=name,
                ),
                action=way,
            )
        if spec.format == SHEET and not any(work.paper_format == SHEET for work in self.operation_ids):
            raise RecipeError(
                self.env._(
                    "The recipe %(recipe)s names no machine that cuts sheets. Enter the sheeter, with the format “Sheets Only”.",
                    recipe=name,
                ),
                action=way,
            )
        self._check_weighed()

    def _check_weighed(self):
        """Refuse what goes into the web without a weight: no balance would be right.

        :raises RecipeError: naming the material
        """
        loose = self._paper_lines("run").filtered(lambda line: not line.product_uom_id._paper_kg(1))
        if loose:
            raise RecipeError(
                self.env._(
                    "%(recipe)s: %(materials)s goes into the web but is given in %(units)s. Give it in a unit of weight, or at "
                    "an operation of the cut.",
                    recipe=self.display_name,
                    materials=", ".join(loose.product_id.mapped("display_name")),
                    units=", ".join(loose.product_uom_id.mapped("name")),
                ),
                action=self.env["paper.way.out"]._lead_to(self),
            )

    def _paper_lines(self, level):
        """Return the components of a level: of their operation; without one, what is weighed goes into the web."""

        def of(line):
            if line.operation_id:
                return line.operation_id.paper_level
            return "run" if line.product_uom_id._paper_kg(1) else "cut"

        return self.bom_line_ids.filtered(lambda line: of(line) == level)

    def _prepare_base(self, spec):
        product = self.product_id or self.product_tmpl_id.product_variant_id
        grade, weight = spec.grade_id.name, f"{spec.basis_weight:.10g}"
        web = self.env["paper.spec"].create(
            {
                "reference": self.env._("Base paper"),
                "company_id": spec.company_id.id,
                "grade_id": spec.grade_id.id,
                "basis_weight": spec.basis_weight,
                "format": REEL,
            }
        )
        return {
            "name": self.env._("Base paper %(grade)s %(weight)s g/m²", grade=grade, weight=weight),
            "is_paper": True,
            "tracking": "lot",
            "type": "consu",
            "is_storable": True,
            "sale_ok": False,
            "purchase_ok": False,
            "uom_id": self.env["uom.uom"]._kilogram().id,
            "categ_id": product.categ_id.id,
            "standard_price": product.standard_price,
            "company_id": self.company_id.id or product.company_id.id,
            "route_ids": [Command.set(self.env.ref("mrp.route_warehouse0_manufacture").ids)],
            "paper_recipe_id": self.id,
            "paper_web_spec_id": web.id,
            "paper_moisture": product.paper_moisture,
        }

    def _prepare_broke(self):
        product = self.product_id or self.product_tmpl_id.product_variant_id
        return {
            "name": self.env._("Broke of %(paper)s", paper=product.name),
            "type": "consu",
            "is_storable": True,
            "sale_ok": False,
            "purchase_ok": False,
            "uom_id": self.env["uom.uom"]._kilogram().id,
            "categ_id": product.categ_id.id,
            "company_id": self.company_id.id or product.company_id.id,
            "standard_price": product.standard_price * self.paper_broke_value / 100,
            "paper_recipe_id": self.id,
            "paper_moisture": product.paper_moisture,
        }

    def _prepare_derived(self, level, base, broke_kg):
        per_kg = BATCH_KG / self.product_uom_id._paper_kg(self.product_qty)
        kilogram = self.env["uom.uom"]._kilogram()
        return {
            "product_qty": BATCH_KG,
            "product_uom_id": kilogram.id,
            "company_id": self.company_id.id,
            "picking_type_id": self.picking_type_id.id,
            # What is weighed is what was used: neither is as much as the recipe says.
            "consumption": "flexible",
            "paper_kind": level,
            "paper_recipe_id": self.id,
            "paper_base_id": base.id,
            "paper_broke_id": self.paper_broke_id.id,
            "paper_broke_share": self.paper_broke_share,
            "bom_line_ids": [
                Command.create(
                    {
                        "product_id": line.product_id.id,
                        "product_qty": line.product_qty * per_kg,
                        "product_uom_id": line.product_uom_id.id,
                        "sequence": line.sequence,
                    }
                )
                for line in self._paper_lines(level)
            ],
            "byproduct_ids": [
                Command.create(
                    {
                        "product_id": self.paper_broke_id.id,
                        "product_qty": broke_kg,
                        "product_uom_id": kilogram.id,
                        "cost_share": self._paper_broke_cost(broke_kg),
                    }
                )
            ],
        }

    def _prepare_operations(self, works):
        return [
            Command.create(
                {
                    "name": work.name,
                    "workcenter_id": work.workcenter_id.id,
                    "sequence": work.sequence,
                    "time_mode": "manual",
                    # Odoo counts a cycle of an operation per quantity of its bill of materials.
                    "time_cycle_manual": work.time_cycle * BATCH_KG / self.product_uom_id._paper_kg(self.product_qty),
                    "paper_level": work.paper_level,
                    "paper_format": work.paper_format,
                }
            )
            for work in works
        ]

    def _prepare_run(self, base):
        broke_kg = BATCH_KG * self.paper_run_broke / 100
        vals = self._prepare_derived("run", base, broke_kg)
        return {
            **vals,
            "product_tmpl_id": base.product_tmpl_id.id,
            "paper_yield": self.paper_yield or self._paper_balanced_yield(base, BATCH_KG + broke_kg),
            "operation_ids": self._prepare_operations(self.operation_ids.filtered(lambda work: work.paper_level == "run")),
        }

    def _paper_balanced_yield(self, base, made_kg):
        """Return the yield, %, by which what the recipe takes becomes what it makes, no more than 100."""
        per_kg = BATCH_KG / self.product_uom_id._paper_kg(self.product_qty)
        dry = 100 - base.paper_moisture
        taken = sum(
            line.product_uom_id._paper_kg(line.product_qty * per_kg) * (100 - line.product_id.paper_moisture) / dry
            for line in self._paper_lines("run")
        )
        return min(100 * made_kg / taken, 100.0) if taken else 100.0

    def _prepare_cut(self, base, paper_format):
        taken_kg = BATCH_KG * self._paper_taken_share()
        vals = self._prepare_derived("cut", base, taken_kg - BATCH_KG)
        kilogram = self.env["uom.uom"]._kilogram()
        web = {"product_id": base.id, "product_qty": taken_kg, "product_uom_id": kilogram.id, "sequence": 0}
        works = self.operation_ids.filtered(
            lambda work: work.paper_level == "cut" and work.paper_format in (False, paper_format)
        )
        return {
            **vals,
            "product_tmpl_id": self.product_tmpl_id.id,
            "product_id": self.product_id.id,
            "paper_format": paper_format,
            "bom_line_ids": [Command.create(web), *vals["bom_line_ids"]],
            "operation_ids": self._prepare_operations(works),
        }
