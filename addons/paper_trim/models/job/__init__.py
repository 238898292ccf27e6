"""The trim is computed in the background, its progress can be seen, and a crash leaves no half of a plan."""

from . import paper_trim_job, paper_trim_problem
