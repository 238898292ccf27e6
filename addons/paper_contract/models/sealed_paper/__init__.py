"""Signature on sealed paper: recorded with its scan by one person, seen by a second one."""

from . import paper_contract
