# The rooms: what arrives (message) by which way (channel); how it comes in (door, feed, upload), is read and judged (read,
# problem, suspicion), reaches its person (handover, handling) and becomes an order.
from . import (  # isort: skip
    message,
    channel,
    problem,
    door,
    feed,
    handover,
    handling,
    read,
    order,
    suspicion,
    upload,
    settings,
)
from . import (
    paper_completion_line,
    paper_completion_request,
    paper_completion_request_follow,
    paper_required_fact,
    sale_order_answers,
    sale_order_completeness,
    sale_order_completion,
)
