"""What each department may do with each model: read from the rights themselves, written as docs/security.md."""

from odoo import Command
from odoo.addons.paper_mill.tests.test_departments import DEPARTMENTS

OPERATIONS = ("read", "create", "write", "unlink")
# Models of Odoo and OCA on which the mill works, beside our own.
OTHERS = (
    "sale.order",
    "sale.order.line",
    "mrp.production",
    "stock.picking",
    "helpdesk.ticket",
    "qc.inspection",
    "ir.attachment",
)
HEAD = """# Who may do what

Written by the test that compares it with the rights of the installed mill (`tests/demo/test_security_page.py`). After a
change of rights, write it anew and look at the difference:

    MILL_WRITE=1 ./mill test tests/demo/test_security_page.py

`x` stands where a member of the department may. The first four lines of a table are the rights on the model; record rules
(own company, own department) and what a state closes come on top of them. Below stand the steps of the document, from one
state to the next, and what is done with it while it stays in its state. A step without any `x` is brought about by another
one; an override of what blocks an order is made by the role that the blocker names. What only steps write (`by_steps`,
docs/extending.md) nobody writes by hand, whatever stands under *write*.

## Figures

Hidden figures are empty on every path of reading: forms, lists, RPC, exports, groups, sums, filters and sorting refuse or
leave them out; `tests/demo/test_leaks.py` searches for them. Who keeps the system reads all of them.

- **Prices and totals of orders, list prices** (`paper.figures.hidden`): sales, credit, finance, legal, management.
- **Costs** (`paper.figures.hidden`): purchasing, finance, sales, management. These are purchase orders, prices of vendors, the
  cost of products, lots and moves, rates of machines, overviews of manufacturing orders and bills of materials. The other
  departments, planning among them, read quantities.
- **Cost, margin and price figures of an evaluation** (groups at the fields): finance, sales, management.
- **Limits, exposure and overdue amounts of customers, and sentences made of them**: sales, credit, finance, management. The
  others read that the customer's credit holds the order.
- **Amounts of the statistics** (groups at the fields): sales, finance, management.
"""


def people(env):
    """Return a member of each department, who belongs to no other: ``{department: res.users}``."""
    users = env["res.users"].with_context(no_reset_password=True)
    return {
        department: users.create(
            {
                "name": department,
                "login": f"page.{department}",
                "group_ids": [Command.set(env.ref(f"paper_base.group_{department}").ids)],
            }
        )
        for department in DEPARTMENTS
    }


def models(env):
    """Return the names of the models of the page: our own records, then those of others."""
    own = [
        name
        for name in sorted(env.registry)
        if env[name]._original_module.startswith("paper_") and not env[name]._abstract and not env[name]._transient
    ]
    return [*own, *(name for name in OTHERS if name in env)]


def page(env):
    """Return the whole page."""
    members = people(env)
    return HEAD + "".join(_section(env, name, members) for name in models(env))


def _section(env, name, members):
    model = env[name].with_context(lang="en_US")
    rows = [(operation, _able(members, model, operation)) for operation in OPERATIONS]
    if hasattr(model, "_steps"):
        rows += [
            (f"{state} → {following}", _among(members, model, groups))
            for state, next_states in model._steps.items()
            for following, groups in next_states.items()
        ]
        rows += [(f"*{verb}*", _acting(members, model, groups)) for verb, (_states, groups) in model._acts.items()]
    lines = [f"| {title} | " + " | ".join("x" if able else " " for able in marks) + " |" for title, marks in rows]
    table = ["| | " + " | ".join(members) + " |", "|---|" + ":-:|" * len(members), *lines]
    return "\n".join(["", f"## {name}: {model._description}", "", *table, ""])


def _able(members, model, operation):
    return [model.with_user(user).has_access(operation) for user in members.values()]


def _among(members, model, groups):
    return [bool(groups) and model.with_user(user)._is_one_of(groups) for user in members.values()]


def _acting(members, model, groups):
    # An act of no department is of whoever may use the record.
    return [
        model.with_user(user).has_access("read") and (not groups or model.with_user(user)._is_one_of(groups))
        for user in members.values()
    ]
