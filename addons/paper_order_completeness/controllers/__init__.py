from . import completion
from . import completion_portal
