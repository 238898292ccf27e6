# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a customer wrote, read as it stands: lists in any file, tables in a text, labels, plain sentences.

Nothing in this package imports odoo. Each figure is taken, where it leaves no other sense; proposed, where it is probably
meant so; or asked, with its reason. What was not read is told.
"""

from .document import NO_LIST_CODES, Brought, Document, read_document
from .model import ASKED, PROPOSED, TAKEN, Fact, Item, Reading
from .plainness import is_plain
from .reader import read_file, read_letter

__all__ = [
    "ASKED",
    "NO_LIST_CODES",
    "PROPOSED",
    "TAKEN",
    "Brought",
    "Document",
    "Fact",
    "Item",
    "Reading",
    "is_plain",
    "read_document",
    "read_file",
    "read_letter",
]
