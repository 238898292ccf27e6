from .board import test_machine_plan
from .cost import test_cost_rate
from .machine import test_machine_capability
from .plan import test_open_hours
from .slot import test_slot_reservation
