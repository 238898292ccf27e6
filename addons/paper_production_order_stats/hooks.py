def uninstall_hook(env):
    """Take the triggers out of the operators' records."""
    env["paper.fact.production"]._drop_watches("paper_production_record")
