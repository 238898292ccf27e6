from .board import test_machine_plan
from .machine import test_machine_capability
from .slot import test_slot_reservation
