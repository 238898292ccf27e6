from odoo import models

from ... import moving


class Base(models.AbstractModel):
    """What an addon takes over from another is left as people have made it."""

    _inherit = "base"

    def _load_records(self, data_list, update=False):
        return super()._load_records(data_list, update=update or moving.kept(self.env, data_list))
