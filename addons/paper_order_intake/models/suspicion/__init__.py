"""The same order by two channels: suspected, compared, decided."""

from . import paper_intake_message, paper_intake_suspicion
