from . import mail_thread, paper_intake_channel, paper_intake_message  # isort: skip
from . import follow
