from . import exceptions, models, report
