# What a roll is, where it comes from, what may become of it, and what is printed on it.
from . import identity, tree, disposition, label
