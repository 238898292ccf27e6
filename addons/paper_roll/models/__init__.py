# What a roll is, where it comes from, what may become of it, what its conversion moves, who is told, what is printed on it.
from . import identity, tree, disposition, conversion, telling, label
