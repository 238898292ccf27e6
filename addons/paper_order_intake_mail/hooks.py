"""Uninstalling: an address that nobody reads any more must not go on taking mails."""


def uninstall_hook(env):
    channels = env["paper.intake.channel"].with_context(active_test=False).search([("alias_id", "!=", False)])
    aliases = channels.alias_id
    channels.alias_id = False
    aliases.unlink()
