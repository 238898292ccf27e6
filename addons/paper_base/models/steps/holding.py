"""Whether a write changes anything: forms and imports write back what is so already."""


def holds(record, name, value):
    """Say whether the field of the record holds ``value``, given as a write gives it; not asked of lists of records."""
    field = record._fields[name]
    return field.convert_to_cache(value, record, validate=False) == field.convert_to_cache(record[name], record)
