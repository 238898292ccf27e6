"""Who is told when a roll is stopped or given another use: whoever decides on it, moves it, or waits for it."""

from . import stock_picking, stock_lot
