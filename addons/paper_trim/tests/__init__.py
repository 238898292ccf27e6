from . import (
    test_trim_choose,
    test_trim_job,
    test_trim_levels,
    test_trim_problem,
    test_trim_rights,
    test_trim_screen,
    test_trim_stock,
    test_trim_tour,
)
