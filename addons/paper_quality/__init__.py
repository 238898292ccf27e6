from . import lib, models, report
