from . import (
    test_certificate,
    test_dispositions,
    test_final_inspection,
    test_indexes,
    test_inspection_guards,
    test_inspection_rights,
    test_inspection_words,
    test_quality_steps,
    test_stock_gate,
    test_ways_named,
)
