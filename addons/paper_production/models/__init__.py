from . import money, make, plan, order, toll

# What a plan agreed on, and who changes it: of what stands above.
from . import approved, late

# Base paper and cut: they are orders of a plan too.
from . import levels, rolls, balance

# Campaigns put both in sequence.
from . import campaign, drawn, watch
# What a plan needs: material, machines, people.
from . import material, equipment, crew
from . import desk, screen, search
