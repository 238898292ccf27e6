"""Where orders stand, for other programs: codes and ISO dates, whole or what has changed since."""

from . import sale_order
