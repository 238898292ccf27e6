from . import intake_webhook
