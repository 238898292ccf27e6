"""What setting up a mill asks for in the addons together."""

from . import paper_setup_step
