"""On time in full, per line, against the requested and the confirmed dates."""

from . import sale_order_line
