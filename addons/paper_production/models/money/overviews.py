"""The overviews of a manufacturing order and of a bill of materials, for a department that sees no costs."""

import re

# Under these names they hold what something costs; a total is one of costs.
COSTS = re.compile(r"cost|price|^total$|^value$")


def without_costs(data):
    """Return the data of an overview with every cost empty, at whatever depth."""
    if isinstance(data, dict):
        return {key: _emptied(value) if COSTS.search(str(key)) else without_costs(value) for key, value in data.items()}
    if isinstance(data, list):
        return [without_costs(item) for item in data]
    return data


def _emptied(value):
    if isinstance(value, (dict, list)):
        return type(value)()
    return 0.0 if isinstance(value, (int, float)) and not isinstance(value, bool) else False
