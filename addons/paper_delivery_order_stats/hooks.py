def uninstall_hook(env):
    """Leave nothing of these facts in the tables of others."""
    env["paper.fact.queue"]._forget("paper.fact.delivery")
