from . import winder, problem, result, job, screen, plan
