from . import register
from . import verification
