"""What other programs are told at once: signed calls, tried again until they are taken."""

from . import paper_webhook, paper_webhook_call
