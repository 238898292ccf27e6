"""What much is asked of and seldom changes: it is read once a server, until it changes."""

from . import paper_cached_mixin
