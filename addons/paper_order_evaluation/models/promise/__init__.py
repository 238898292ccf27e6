"""What becomes of the date that capacity computed: it is kept, explained, and its slots are held (R3.3.2)."""

from . import (
    paper_evaluation,
    paper_slot_reservation,
)
