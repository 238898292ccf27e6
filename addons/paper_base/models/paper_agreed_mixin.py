from odoo import api, models


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
