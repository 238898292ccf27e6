"""By which way it arrives: the channel, its people, its tile, its customers' headings."""

from . import paper_intake_channel, paper_intake_column
