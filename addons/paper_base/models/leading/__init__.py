"""Which button of an order leads, and the records of an order that its stat buttons count."""

from . import sale_order
