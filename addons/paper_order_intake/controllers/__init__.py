from . import completion
from . import intake_webhook
