"""When a notice is drafted, and when its goods leave: ahead, early, late, and what a vehicle carries that day."""

from . import paper_dispatch_notice
