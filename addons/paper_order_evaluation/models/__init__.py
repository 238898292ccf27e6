# The panel first: the other rooms add what one of its questions needs to its models.
from . import panel

from . import evidence, revision, question, letter, alternative
from . import demand, capacity, promise, remedy, materials, technical, cost, price
from . import desk
