"""The rules of web orders that can be refused, one error each."""

from odoo.addons.paper_base.exceptions import PaperError


class WebOrderError(PaperError):
    """An arrival of the web shop refers to no order of its company (R3.1.2)."""
