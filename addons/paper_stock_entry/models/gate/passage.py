"""What tells the gate that the note itself enters the goods."""

from odoo.addons.paper_base.models.steps.permit import ServerToken

KEY = "paper_entry_note"


class EntryPassage(ServerToken):
    """Goods that their entry note brings in: no client can send an instance."""
