"""What the order says of its deliveries."""

from . import sale_order
