"""How old paper in stock is: what lies too long, and what is younger than what goes out."""

from . import stock_lot
