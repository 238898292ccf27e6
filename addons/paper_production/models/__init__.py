from . import money, make, plan, order, toll

# What a plan agreed on, and who changes it: of what stands above.
from . import approved, late
from . import desk, screen, search
