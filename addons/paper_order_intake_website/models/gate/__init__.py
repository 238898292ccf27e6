"""What a web order waits for."""

from . import sale_order
