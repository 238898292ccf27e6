# Places before the note that puts goods there.
from . import place, age
from . import note, gate
