def uninstall_hook(env):
    """Take the days off that maintenance put into the machines' calendars: nothing would keep them in line any more."""
    env["maintenance.request"].with_context(active_test=False).search([("paper_leave_id", "!=", False)]).paper_leave_id.unlink()
