from . import fact, order, production, purchase, period, desk
