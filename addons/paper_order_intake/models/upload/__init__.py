"""An order book that somebody uploads."""

from . import paper_intake_upload
