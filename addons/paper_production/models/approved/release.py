"""What tells work that a gate let through, and a step of the plan, from a hand that changes what was approved."""

from odoo.addons.paper_base.models.steps.holding import holds
from odoo.addons.paper_base.models.steps.permit import ServerToken

# The key is public, its value is not: a client's context holds plain JSON, never an instance of the class below.
KEY = "paper_released"
# In this key it says that the plans of an order were asked, so that its blockers need not look for them again.
PLANS_ASKED = "paper_plans_asked"


class Release(ServerToken):
    """Names the manufacturing orders of which everything was asked already; as a text it is harmless wherever it is sent."""

    ids: frozenset

    def __new__(cls, ids):
        release = super().__new__(cls, ",".join(map(str, sorted(ids))))
        release.ids = frozenset(ids)
        return release

    @classmethod
    def of(cls, env):
        """Return the ids of the manufacturing orders that the environment's release covers; none without one."""
        release = env.context.get(KEY)
        return release.ids if isinstance(release, cls) else frozenset()

    @classmethod
    def knows_plans(cls, env):
        return isinstance(env.context.get(PLANS_ASKED), cls)


def changed(records, vals, names):
    """Return ``{record: [name]}`` of what these values would change on the records, of these fields."""
    found = {}
    for record in records:
        own = [name for name in names if name in vals and not _holds(record, name, vals[name])]
        if own:
            found[record] = own
    return found


def _holds(record, name, value):
    field = record._fields[name]
    if field.type in ("one2many", "many2many"):
        return set(field.convert_to_cache(value, record, validate=False)) == set(record[name].ids)
    return holds(record, name, value)
