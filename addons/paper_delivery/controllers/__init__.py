from . import delivery, trip
