"""What a person does about an arrival: one after the other mended, asked about, closed, reopened."""

from . import paper_intake_message
