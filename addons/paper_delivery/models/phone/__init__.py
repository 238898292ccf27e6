"""What phones report of a trip: rolls scanned onto it, arrivals, rolls accepted or not, signatures; each once."""

from . import stock_lot, stock_picking, stock_picking_batch
