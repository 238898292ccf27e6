# The rooms: what arrives (message) by which way (channel); how it comes in (door, feed, upload), is read and judged (read,
# proposal, told, problem, suspicion), reaches its person (handover, handling) and becomes an order, or finds the one that
# it is about (follow).
from . import (  # isort: skip
    message,
    channel,
    problem,
    door,
    feed,
    handover,
    handling,
    told,
    proposal,
    read,
    order,
    follow,
    suspicion,
    upload,
    settings,
)
from . import desk, search
