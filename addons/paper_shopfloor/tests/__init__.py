from . import test_floor_rolls
from . import test_floor_person
from . import test_floor_reports
from . import test_floor_records
from . import test_floor_tour
