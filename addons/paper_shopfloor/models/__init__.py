# The shifts of the mill and who works where, before what is reported by them.
from . import station
from . import set, card, stop, meter, call, checklist
from . import record, log, board
