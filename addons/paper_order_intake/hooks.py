"""Installing: every company takes orders by every channel."""


def post_init_hook(env):
    main = env.ref("base.main_company")
    (env["res.company"].search([]) - main)._create_intake_channels()
