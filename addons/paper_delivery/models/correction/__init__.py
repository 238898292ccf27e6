"""A proof that was wrong is corrected by a second person."""

from . import stock_picking
