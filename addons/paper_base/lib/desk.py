# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a desk shows: kinds of tasks, and figures that are drawn.

>>> Task("to_send", "Send a contract", ("sales",), "paper.contract", [], "paper_contract.action_contract").order
'order_id'
>>> Figure("late", "Late orders", 3, "sale.order", [], tone="bad").bars
[]
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Task:
    """One kind of thing to do: the records that wait, whose they are, and how to go on.

    :param code: stable name of the kind
    :param name: what is to be done, in the user's language
    :param departments: whose it is, names of groups of paper_base without their ``group_``
    :param model: of the records that wait
    :param domain: those that wait, whoever has them
    :param own: which of them are the user's departments', where it is not all of them
    :param action: xmlid of the list of these records
    :param filters: names of filters of its search view that show the same ones
    :param title: paths to what a record is called by, its name and numbers; its display name if left out
    :param order: path from a record to its order, "" where it has none, "id" where it is one; as all paths, of many2one
        fields in the database
    :param deadline: path to the stored date or moment by which it is due, see ``order``; work without a day of its own
        has that of the order's stage
    :param since: stored moment since when it waits
    :param user: stored field of the person who has it; "" the department has it
    :param spec: path to the specification that it is about; the order's if left out
    :param weight: stored field with its kilograms; the order's if left out
    :param step: step of the order whose blockers stand in its way, see ``sale.order._paper_steps``
    :param button: method that goes on, asked for on the record; opening it goes on if left out
    :param label: text of the button
    :param can: boolean field of the record that says whether this person may press it; or, where all that is asked for
        follows from ``own``, the domain of the records that have it
    """

    code: str
    name: str
    departments: tuple
    model: str
    domain: list
    action: str
    own: list = field(default_factory=list)
    filters: tuple = ()
    title: tuple = ()
    order: str = "order_id"
    deadline: str = ""
    since: str = "create_date"
    user: str = ""
    spec: str = ""
    weight: str = ""
    step: str = ""
    button: str = ""
    label: str = ""
    can: str | list = ""


@dataclass(frozen=True)
class Figure:
    """One figure of the cockpit, which opens the records that it counts.

    :param code: stable name
    :param name: what it says, in the user's language
    :param value: number
    :param unit: of the number, "" for a plain count
    :param tone: "", "good", "warning" or "bad"
    :param model: of the records behind it
    :param domain: these records
    :param bars: drawn beside it: ``(label, value, late part, domain)`` each
    :param note: a few words under it
    :param action: xmlid of the list in which its records open; the model's own if left out
    """

    code: str
    name: str
    value: float
    model: str
    domain: list
    unit: str = ""
    tone: str = ""
    bars: list = field(default_factory=list)
    note: str = ""
    action: str = ""
