from odoo import models

from ..exceptions import QuantityConversionError, SpecIncompleteError
from ..lib import quantity


class PaperSpec(models.Model):
    _inherit = "paper.spec"

    def _convert(self, qty, from_unit, to_unit, raise_if_missing=True):
        """Convert a quantity through this specification.

        :param qty: number of ``from_unit``
        :param from_unit, to_unit: kg, t, m, m2, sheet, ream or reel
        :param raise_if_missing: False returns 0.0 where the specification cannot tell
        :return: float
        :raises SpecIncompleteError: a figure on the way is missing; the message names it
        :raises QuantityConversionError: the unit does not apply to this paper, or the number is none
        """
        self.ensure_one()
        try:
            return float(quantity.convert(qty, from_unit, to_unit, self._geometry()))
        except quantity.QuantityError as error:
            if not raise_if_missing:
                return 0.0
            refused = SpecIncompleteError if error.code == "missing_figure" else QuantityConversionError
            raise refused(self._quantity_sentence(error)) from error

    def _quantity_summary(self, qty, unit):
        """Return ``{unit: float}`` of a quantity in every unit that this paper can be counted in."""
        self.ensure_one()
        if not unit:
            return {}
        return {key: float(value) for key, value in quantity.summary(qty, unit, self._geometry()).items()}

    def _quantity_sentence(self, error):
        """Return a fault of the quantity maths as a sentence that names the figure to fill in."""
        _ = self.env._
        params = dict(error.params, spec=self.display_name)
        if error.code == "not_applicable":
            params["unit"] = dict(self.env["sale.order.line"]._paper_units()).get(params["unit"], params["unit"])
            return _("“%(spec)s” cannot be counted in %(unit)s.", **params)
        if error.code == "missing_figure":
            params["field"] = self._figure_label(params["field"])
            return _("“%(spec)s” lacks %(field)s, so this quantity cannot be converted.", **params)
        return _("“%(spec)s”: this quantity cannot be converted (%(reason)s).", spec=params["spec"], reason=str(error))

    def _figure_label(self, figure):
        """Return the label of the field that holds a figure of :class:`PaperGeometry`."""
        names = {
            "width_mm": "width",
            "length_mm": "length",
            "caliper_um": "caliper",
            "reel_diameter_mm": "reel_diameter_max",
            "reel_diameter_min_mm": "reel_diameter_min",
            "reel_diameter_max_mm": "reel_diameter_max",
            "core_diameter_mm": "core_diameter",
            "core_outside_diameter_mm": "core_outside_diameter",
            "reel_length_m": "reel_length",
        }
        field = self._fields.get(names.get(figure, figure))
        return field._description_string(self.env) if field else figure
