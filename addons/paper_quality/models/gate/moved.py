"""What has moved stays as it is: whether a write says something else than what is so."""

from datetime import timedelta

from odoo import fields
from odoo.addons.paper_base.models.steps.holding import holds


def same(record, name, value):
    """Say whether the field of the record holds ``value`` already, lists of records included."""
    field = record._fields[name]
    if field.type in ("one2many", "many2many"):
        return set(field.convert_to_cache(value, record, validate=False)) == set(record[name].ids)
    return holds(record, name, value)


def is_another_day(value):
    """Say whether a moment is not the one at which something moves: goods are dated neither back nor ahead."""
    moment = fields.Datetime.to_datetime(value)
    return not moment or abs(moment - fields.Datetime.now()) > timedelta(days=1)
