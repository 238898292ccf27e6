from . import machine
from . import crew
from . import slot
from . import plan
from . import board
from . import material
from . import cost
from . import transit
