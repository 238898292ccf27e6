from . import (
    test_decision_tours,
    test_intake_tours,
)
from .channel import test_column, test_company
from .door import test_drop_folder, test_one_reader, test_receive, test_two_at_a_time
from .feed import test_webhook
from .handling import test_mend, test_reopen
from .handover import test_escalation, test_handover
from .message import test_arrival, test_download, test_intake_steps, test_rights
from .order import test_handled_arrival, test_order_type, test_purchase_order, test_query_count, test_quick_order
from .suspicion import test_suspicion
from .upload import test_background, test_order_book
