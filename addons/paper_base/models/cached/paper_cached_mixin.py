from odoo import api, models


class PaperCachedMixin(models.AbstractModel):
    """Rows that the mill sets up and that much is asked of: what ``tools.ormcache`` keeps of them is forgotten with any change
    of them, on every server.

    Where the model has much else that changes often, name the fields that answers are kept of in ``_cached_fields``.
    """

    _name = "paper.cached.mixin"
    _description = "Rows Whose Answers Are Kept"

    # Fields that kept answers follow from; none: every one of them.
    _cached_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if not self._cached_fields or any(vals.get(name) for vals in vals_list for name in self._cached_fields):
            self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        if not self._cached_fields or vals.keys() & set(self._cached_fields):
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
