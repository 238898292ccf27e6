"""What phones and tablets report, kept once: the server's side of static/src/outbox."""

from . import paper_outbox_mixin
