"""Installing and leaving: what paper_aftersales changes outside its own tables."""

# A contract's number begins with HT as well (合同): the customer's feedback (客户反馈) gets letters of its own.
HELPDESK_PREFIX, FEEDBACK_PREFIX = "HT", "KF"


def post_init_hook(env):
    rename_ticket_numbers(env, HELPDESK_PREFIX, FEEDBACK_PREFIX)


def uninstall_hook(env):
    rename_ticket_numbers(env, FEEDBACK_PREFIX, HELPDESK_PREFIX)


def rename_ticket_numbers(env, before, after):
    """Let the next tickets be numbered with other letters; tickets keep their numbers, a prefix of the mill's own stays."""
    sequences = env["ir.sequence"].search([("code", "=", "helpdesk.ticket.sequence"), ("prefix", "=", before)])
    sequences.prefix = after
