from . import facts
from . import answers, request
from . import reply

from . import res_company, res_config_settings
