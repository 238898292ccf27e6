"""The dispatcher's board: days across, vehicles or docks down, notices to be put on trips."""

from . import stock_picking_batch
