"""The walk: every order of an order book through the whole regulation, over HTTP, as the people of each department.

:func:`main` is what ``./mill demo`` calls. Nothing in it has more rights than the person whose name stands at the
step; the administrator only sets the mill up.
"""

from .course import main

__all__ = ["main"]
