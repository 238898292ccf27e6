# An inspection and its certificate, then where goods pass, then the inspection of what was made: it stands on both.
from . import inspection, reading, standard, sampling, certificate, gate, final_inspection
# What control points ask for stands on all of these, as do nonconformities and charts.
from . import control, nonconformity, chart
from . import desk, search
