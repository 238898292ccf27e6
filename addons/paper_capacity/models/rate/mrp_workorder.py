from odoo import models


class MrpWorkorder(models.Model):
    """A work order takes the time in which its machine makes the paper, the same that was promised and costed (R3.3.2)."""

    _inherit = "mrp.workorder"

    def _get_duration_expected(self, alternative_workcenter=False, ratio=1):
        self.ensure_one()
        choice = self._paper_choice(alternative_workcenter or self.workcenter_id)
        if choice is None:
            return super()._get_duration_expected(alternative_workcenter=alternative_workcenter, ratio=ratio)
        return choice.seconds(self._paper_quantity(self.qty_producing or self.qty_production)) / 60

    def _paper_choice(self, centre):
        """Return what a machine needs for this work order, see ``mrp.workcenter``; None where Odoo's own arithmetic holds."""
        production, operation = self.production_id, self.operation_id
        if not operation or not centre or not production.product_id.is_paper:
            return None
        unit = operation.bom_id.product_uom_id
        per_order_unit = self._paper_quantity(1.0)
        kilograms = production._paper_unit_kg() / per_order_unit if per_order_unit else 0.0
        # sudo: what a machine can make is asked of whoever looks at the work order
        centre = centre.sudo()
        return centre._paper_choice(operation, production.product_id, unit, production._paper_making_spec(), kilograms)

    def _paper_quantity(self, quantity):
        """Return a quantity of the order in the unit of its bill of materials, in which its machines are timed."""
        own, unit = self.production_id.product_uom_id, self.operation_id.bom_id.product_uom_id
        timed = unit and own._has_common_reference(unit)
        return own._compute_quantity(quantity, unit, round=False) if timed else quantity

    def _paper_check_machine(self, centre):
        """Refuse to put the work on a machine that cannot make its paper.

        :raises CapabilityError: naming the work, the machine, what is asked and what it can
        """
        for work in self.filtered(lambda rec: rec.workcenter_id != centre):
            # sudo: the rule is the same whatever the user may read
            centre.sudo()._paper_check_can_make(work.production_id._paper_making_spec(), work.display_name)
