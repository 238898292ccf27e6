# The mechanisms first: the rooms below inherit them.
from . import cached, evidence, steps
from . import department, link, refusal, spec, money

# The order, what it is before what is asked of it.
from . import order_type, order, blocker, delivery, milestone, printing
from . import clock, moving, portal, screen, words
from . import webhook, status, outbox
from . import standing, desk, cockpit, leading, search
from . import setup, health, keeping
