"""The one door by which all arrivals come in: stored and committed before they are read; the drop folder."""

from . import paper_intake_channel
