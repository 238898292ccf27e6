"""What a company sets, and the channels that a new one gets."""

from . import res_company, res_config_settings
