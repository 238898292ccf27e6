from . import completion
