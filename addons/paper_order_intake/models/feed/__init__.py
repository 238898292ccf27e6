"""Orders of a marketplace: the signed webhook, its secrets, the orders of a call."""

from . import paper_intake_secret, paper_intake_channel, paper_intake_message
