"""What the demo mill's plans need: the crew of PM1, a training, and that the workshop may begin."""

from . import paper_mill_demo
