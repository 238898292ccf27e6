"""What did not conform: contained, its causes, actions and their effect, what becomes of it, and its cost."""

from . import paper_nonconformity_place, mgmtsystem_nonconformity, qc_inspection
