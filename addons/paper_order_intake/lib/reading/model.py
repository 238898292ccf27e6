# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What comes out of a reading: facts, each with how sure it is, the items of an order, and what was not read."""

from dataclasses import dataclass, field

MAX_TOLD = 2000
TAKEN, PROPOSED, ASKED = "taken", "proposed", "asked"


@dataclass(frozen=True)
class Fact:
    """One figure or word of an order.

    :param value: number, text or a date as ``2026-12-22``; None where it is asked
    :param state: taken, proposed or asked
    :param unit: of a quantity; :param per: unit that a price is for
    :param written: as it stands; :param why: code of the reason where it is not taken
    """

    value: object
    state: str = TAKEN
    unit: str = ""
    per: str = ""
    written: str = ""
    why: str = ""

    def as_dict(self):
        """Return the fact as JSON can hold it, without what is empty.

        >>> Fact(12.5, unit="t").as_dict()
        {'value': 12.5, 'state': 'taken', 'unit': 't'}
        """
        values = {"value": self.value, "state": self.state, "unit": self.unit, "per": self.per}
        values |= {"written": self.written, "why": self.why}
        return {name: value for name, value in values.items() if value not in (None, "")}


@dataclass
class Item:
    """One paper of an order: its facts, and where it stands."""

    facts: dict = field(default_factory=dict)
    line_no: int = 0
    place: str = ""
    raw: str = ""


@dataclass
class Reading:
    """All that a document says.

    :param kind: order, change, reply, question, complaint or none
    :param head: {name: Fact} of the order as a whole; :param items: list of :class:`Item`
    :param told: sentences of the document that were not read, and what is unusual about it: list of (code, text)
    """

    kind: str = "order"
    head: dict = field(default_factory=dict)
    items: list = field(default_factory=list)
    told: list = field(default_factory=list)
    _seen: set = field(default_factory=set, repr=False)

    def tell(self, code, text):
        """Note what a person should see beside the original."""
        entry = (code, " ".join(str(text).split())[:500])
        if entry[1] and entry not in self._seen and len(self.told) < MAX_TOLD:
            self._seen.add(entry)
            self.told.append(entry)
