# The contract itself, then what is done with it, in the order of its life.
from . import draft
from . import condition
from . import clause
from . import blank
from . import instalment
from . import terms
from . import version
from . import warning
from . import review
from . import send
from . import sign
from . import sealed_paper
from . import archive
from . import handout
from . import question
from . import supplement
from . import number
from . import date_history
from . import order
from . import call_off
from . import evidence
from . import desk, search
