"""Calling the supervisor, maintenance or the laboratory to a machine: answer, cause and end have their times."""

from . import paper_floor_call, paper_floor_station
