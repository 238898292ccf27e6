"""What a draft lacks or leaves open, and the words for what is agreed to be none."""

from . import paper_contract
