# An inspection and its certificate, then where goods pass, then the inspection of what was made: it stands on both.
from . import inspection, certificate, gate, final_inspection
from . import desk, search
