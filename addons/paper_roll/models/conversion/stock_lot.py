from odoo import models

from ...exceptions import RollKeptError, RollPlaceError, RollUnitError

SAME_WIDTH = 0.5  # mm


class StockLot(models.Model):
    _inherit = "stock.lot"

    def _paper_is_narrowed(self, width):
        """Say whether a roll of this width, mm, would be narrower than the specification of this one."""
        return bool(width and self.paper_spec_id.width) and width < self.paper_spec_id.width - SAME_WIDTH

    def _paper_spec_for(self, width):
        """Return the specification of a roll of this width, mm, that is made of this one.

        A narrower roll is not what this one was ordered as: it has the specification of the order line that asks for its width of
        the same paper and is not delivered yet, the oldest one's; none where nobody ordered it, and the crew is asked.
        """
        self.ensure_one()
        spec = self.paper_spec_id
        if not self._paper_is_narrowed(width):
            return spec
        lines = self._paper_lines_of_width(width)
        return lines.filtered(lambda line: line.qty_delivered < line.product_uom_qty)[:1].paper_spec_id.with_env(self.env)

    def _paper_lines_of_width(self, width):
        """Return the confirmed order lines, the oldest first, for rolls of this width, mm, of the same paper as this one."""
        spec = self.paper_spec_id
        # sudo: the crew finds what its rolls are for, whoever may read orders
        lines = self.env["sale.order.line"].sudo()
        return lines.search(
            [
                ("state", "=", "sale"),
                ("company_id", "=", self.company_id.id),
                ("product_id", "=", self.product_id.id),
                ("paper_spec_id.grade_id", "=", spec.grade_id.id),
                ("paper_spec_id.basis_weight", "=", spec.basis_weight),
                ("paper_spec_id.format", "=", spec.format),
                ("paper_spec_id.width", ">=", width - SAME_WIDTH),
                ("paper_spec_id.width", "<=", width + SAME_WIDTH),
            ],
            order="id",
        )

    def _paper_lying(self):
        """Return the quants of these rolls in the places of the mill."""
        return self.env["stock.quant"].search(
            [("lot_id", "in", self.ids), ("location_id.usage", "=", "internal"), ("quantity", ">", 0)], order="id"
        )

    def _paper_lying_together(self):
        """Return the quants of rolls that are converted together; none where they are not in stock yet.

        :raises RollPlaceError: where they lie in different places or belong to different owners, or some are not in stock
        """
        quants = self._paper_lying()
        if not quants:
            return quants
        missing = self - quants.lot_id
        if missing:
            raise RollPlaceError(
                self.env._(
                    "%(rolls)s are not in stock, but %(others)s are: they cannot be converted together.",
                    rolls=", ".join(missing.mapped("name")),
                    others=", ".join(quants.lot_id.mapped("name")),
                )
            )
        if len({(quant.location_id, quant.owner_id) for quant in quants}) > 1:
            raise RollPlaceError(
                self.env._(
                    "The rolls lie in different places, or are of different owners: %(places)s. Bring them to one place first.",
                    places=", ".join(f"{quant.lot_id.name} ({quant.location_id.display_name})" for quant in quants),
                )
            )
        return quants

    def _check_units(self):
        """Refuse rolls whose article is counted in no weight.

        :raises RollUnitError: naming the article and its unit
        """
        for lot in self:
            if not lot.product_id.uom_id._paper_kg(1.0):
                raise RollUnitError(
                    self.env._(
                        "%(roll)s: %(product)s is counted in %(unit)s, which is no weight. Rolls are converted by weight: give "
                        "the article kg or t as its unit.",
                        roll=lot.name,
                        product=lot.product_id.display_name,
                        unit=lot.product_id.uom_id.name or self.env._("no unit"),
                    )
                )

    def _paper_kept_lines(self):
        """Return the lines that keep these rolls for deliveries and orders.

        :raises RollKeptError: where one is picked already
        """
        lines = self.env["stock.move.line"].search(
            [("lot_id", "in", self.ids), ("state", "not in", ("done", "cancel", "draft")), ("quantity", ">", 0)]
        )
        picked = lines.filtered("picked")
        if picked:
            document = picked[0].picking_id or picked[0].move_id.raw_material_production_id
            raise RollKeptError(
                self.env._(
                    "%(roll)s is picked for %(document)s: take it off that first.",
                    roll=picked[0].lot_id.name,
                    document=document.display_name or picked[0].move_id.display_name,
                ),
                action=self.env["paper.way.out"]._lead_to(document),
            )
        return lines

    def _paper_void(self, conversion):
        """Take rolls off the list that were never made: their numbers are free again, and nothing of them is sold."""
        for lot in self:
            lot._by_step().write(
                {
                    "name": f"{lot.name}-X{conversion.id}",
                    "paper_kind": False,
                    "paper_disposition": "cull",
                    "paper_disposition_reason": self.env._("Entered by mistake: %(reason)s", reason=conversion.reversed_reason),
                    "paper_stopped_by_hand": True,
                }
            )

    # The dialog

    def action_convert_rolls(self):
        """Open the dialog in which the crew enters what was made of these rolls (R5.2.2)."""
        self._check_act("convert")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Convert %(rolls)s", rolls=self._told_names()),
            "res_model": "paper.roll.convert",
            "views": [(False, "form")],
            "target": "new",
            "context": {"active_model": self._name, "active_ids": self.ids, "dialog_size": "extra-large"},
        }

    def _paper_show(self):
        """Return the action that opens these rolls."""
        action = self.env["ir.actions.act_window"]._for_xml_id("paper_roll.action_paper_rolls")
        action.update(domain=[("id", "in", self.ids)], context={"display_complete": True}, name=self.env._("Rolls Made"))
        if len(self) == 1:
            action.update(res_id=self.id, views=[(False, "form")])
        return action
