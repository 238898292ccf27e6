"""What the contract means for its order: blockers, milestones, buttons, the end of both."""

from . import sale_order
