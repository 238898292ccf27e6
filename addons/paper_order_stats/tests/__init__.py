from . import (
    test_fact_engine,
    test_histories,
    test_order_facts,
    test_order_report,
    test_periods,
    test_production_facts,
    test_purchase_facts,
)
from . import test_customer_rhythm
