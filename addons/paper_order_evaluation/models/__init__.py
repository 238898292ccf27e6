# The panel first: the other rooms add what one of its questions needs to its models.
from . import panel

from . import figures, revision, question, letter, alternative
from . import netting, capacity, promise, remedy, materials, technical, cost, price
from . import desk
