# What the others extend comes first; how the mill is filled with all of it comes last.
from . import way
from . import books, channel, floor, history, means, order_type, panel, roll, stock, trouble
from . import filling
from . import importing, setup
