"""The entry note: what the warehouse scans against what the order made, and how differences are settled."""

from . import paper_entry_scan, paper_entry_line, paper_entry_note
