def uninstall_hook(env):
    """Take the triggers out of the tables of others, and what waits for these facts out of the queue."""
    fact = env["paper.fact.case"]
    fact._drop_watches()
    env["paper.fact.queue"].search([("fact", "=", fact._name)]).unlink()
