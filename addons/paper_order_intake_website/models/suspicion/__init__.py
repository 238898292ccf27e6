"""A web order that seems to have come before."""

from . import paper_intake_message
