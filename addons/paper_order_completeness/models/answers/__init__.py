"""What is asked as typed inputs, and how answers are written into the order."""

from . import sale_order
