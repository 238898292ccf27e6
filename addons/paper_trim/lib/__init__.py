# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The maths of trim planning in plain Python: which widths are cut beside each other, and for how many metres.

    problem = orders.build_problem(lines, winder)      # lines that cannot be planned stand in problem.refused
    plan = solve.solve(problem, seconds=60)            # runs, waste, bound, patterns, lower bound of patterns
    check.check(plan, problem)                         # faults found by code that shares nothing with the solver

``highspy`` is used where it is installed; without it a heuristic plans, and the plan says so.
"""
