import datetime

from odoo import api, fields, models, tools

from .. import moving
from ..exceptions import ImplausibleValueError

# A double keeps fifteen digits: three behind the point, twelve before it.
MOST = 10**12
# Deadlines are counted on calendars; a year beyond these is a slip of the keyboard.
FIRST, LAST = datetime.date(1950, 1, 1), datetime.date(2199, 12, 31)
NUMBERS, DAYS = ("float", "integer", "monetary"), ("date", "datetime")


class Base(models.AbstractModel):
    """Figures and dates of the mill that cannot be meant are refused, on whatever path they come."""

    _inherit = "base"

    # Further fields, of Odoo's own, that the mill counts with.
    _paper_plausible = ()
    # What arrives is kept as it was sent, whatever it says; it is judged when something is made of it.
    _paper_kept_as_sent = False

    def _load_records(self, data_list, update=False):
        return super()._load_records(data_list, update=update or moving.kept(self.env, data_list))

    def _validate_fields(self, field_names, excluded_names=()):
        field_names = set(field_names)  # a generator is read once, and the constraints need it, too
        checked = self._paper_plausible_fields() & field_names
        if checked:
            self._check_paper_plausible(sorted(checked))
        return super()._validate_fields(field_names, excluded_names)

    @api.model
    @tools.ormcache()
    def _paper_plausible_fields(self):
        """Return the names of the figures and dates that our addons define on this model, or name."""
        if self._paper_kept_as_sent:
            return frozenset()
        own = {name for name, field in self._fields.items() if any(part.startswith("paper_") for part in field._modules)}
        return frozenset(
            name
            for name in own.union(self._paper_plausible)
            if self._fields[name].type in (*NUMBERS, *DAYS) and self._fields[name].store
        )

    def _check_paper_plausible(self, names):
        for record in self.sudo():  # sudo: whoever writes, the values that were written are looked at
            for name in names:
                if record._fields[name].type in DAYS:
                    value = record[name] and fields.Date.to_date(record[name])
                    plausible = not value or FIRST <= value <= LAST
                else:
                    value = record[name]
                    plausible = -MOST <= value <= MOST
                if not plausible:
                    raise ImplausibleValueError(
                        self.env._(
                            "%(field)s: %(value)s cannot be meant. Correct it.",
                            field=record._fields[name]._description_string(self.env),
                            value=value if record._fields[name].type in DAYS else f"{value:.10g}",
                        )
                    )
