"""What an addon takes over from another when a mill is upgraded."""

from . import base
