"""The customer answers by a mail instead of the link: read where it can be, proposed at the order, the clock goes on."""

from . import paper_intake_message, sale_order
