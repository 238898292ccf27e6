from . import fact, order, production, purchase, period, customer, desk
