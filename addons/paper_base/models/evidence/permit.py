"""What a step opens of files and messages beside the fields of its document."""

from ..steps.permit import KEY, StepPermit

FILES = "ir.attachment"
MESSAGES = "mail.message"
TRACKING = "mail.tracking.value"
VOICE = "mail.thread"  # to write in the name of somebody else


def permitted(records, *names):
    """Return the records so that what follows may touch these models as a step does; other permits stay."""
    return records.with_context(**{KEY: StepPermit(*StepPermit.of(records.env), *names)})


def is_permitted(env, name):
    return name in StepPermit.of(env)


def is_system(env):
    """Say whether the system writes, for whom it serves: a person's call never runs as superuser, only code goes there."""
    return env.su
