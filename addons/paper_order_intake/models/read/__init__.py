"""The job that reads what is stored, each form by its reader."""

from . import paper_intake_message
