from .board import test_machine_plan
from .booking import test_one_list
from .cost import test_cost_rate
from .machine import test_machine_capability
from .plan import test_open_hours
from .rate import test_one_rate
from .run import test_run_plan
from .slot import test_slot_reservation
