def uninstall_hook(env):
    """Take the triggers out of the tables of others."""
    for fact in env["paper.fact.queue"]._facts():
        fact._drop_watches()
    env["paper.purchase.promise"]._drop_trigger()
