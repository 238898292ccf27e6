from . import (
    paper_evaluation,
    paper_slot_reservation,
)
