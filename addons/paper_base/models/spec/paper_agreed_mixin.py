from odoo import Command, api, models

from ...lib.order_fields import FIXED, WORKING
from ..steps.holding import holds


class PaperAgreedMixin(models.AbstractModel):
    """What is agreed with a customer of a specification, said at its fields by ``agreed=True``.

    Evaluation, contract and whoever else fixes a specification read the one list that follows from it, so that a
    field that another addon adds is evaluated and contracted like the others.
    """

    _name = "paper.agreed.mixin"
    _description = "What Is Agreed with a Customer"

    def _valid_field_parameter(self, field, name):
        return name == "agreed" or super()._valid_field_parameter(field, name)

    @api.model
    def _agreed_fields(self):
        """Return the names of the fields that are agreed with a customer, in the order of their definition."""
        return [name for name, field in self._fields.items() if getattr(field, "agreed", False)]

    @api.model
    def _fixed_fields(self):
        """Return the names of the fields that nobody changes any more once they are agreed, see ``lib.order_fields``.
        Override to add."""
        return [*self._agreed_fields(), *FIXED.get(self._name, ())]

    @api.model
    def _working_fields(self):
        """Return the names of the fields that sales may write all the same, see ``lib.order_fields``. Override to add."""
        return WORKING.get(self._name, ())

    def _changing_fixed(self, vals):
        """Return the records of which writing ``vals`` would really change something fixed."""
        names = set(self._fixed_fields()) & vals.keys()
        return self.filtered(lambda record: any(record._differs(name, vals[name]) for name in names))

    def _differs(self, name, value):
        """Say whether writing ``value`` would change the field of the record."""
        self.ensure_one()
        field = self._fields[name]
        if field.type in ("one2many", "many2many"):
            return any(command[0] != Command.SET or set(command[2]) != set(self[name].ids) for command in value or [])
        return not holds(self, name, value)
