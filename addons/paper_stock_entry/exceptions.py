"""One named error per rule of stock entry, so that callers and tests know the rule and not its wording."""

from odoo.addons.paper_base.exceptions import PaperError
from odoo.exceptions import AccessError


class EntryNoteError(PaperError):
    """An entry note was about to be taken against its order, or paper to enter stock without its note."""


class EntryRightError(EntryNoteError, AccessError):
    """Somebody else than the warehouse was about to enter paper into stock."""


class EntryDifferenceError(EntryNoteError):
    """What was scanned differs from what the order made, each difference named, and it is not settled."""


class ProtectionError(EntryNoteError):
    """Goods were about to enter stock whose protection nobody checked."""


class PlaceFullError(EntryNoteError):
    """More was about to be put into a place than it carries or takes."""


class CountingError(PaperError):
    """Paper was about to be counted otherwise by somebody else than the supervisor."""
