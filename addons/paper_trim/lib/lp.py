# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The linear programs behind trim planning, on HiGHS where it is installed."""

try:
    import highspy
    import numpy
except ImportError:  # pragma: no cover - the heuristic plans then
    highspy = numpy = None

INFINITY = float("inf")


def solver_name():
    """Return the name and version of the solver, "" where none is installed.

    >>> solver_name() == "" or solver_name().startswith("HiGHS ")
    True
    """
    if highspy is None:
        return ""
    return f"HiGHS {highspy.Highs().version()}"


class Program:
    """A linear program, or with whole columns a mixed-integer one, that is built row by row and column by column.

    :param rows: (lower, upper) of each row
    :param accuracy: how far a row may be off, the solver's own where not given
    """

    def __init__(self, rows, threads=1, accuracy=None):
        self.highs = highspy.Highs()
        if accuracy is not None:
            self.highs.setOptionValue("primal_feasibility_tolerance", accuracy)
        for option, value in (("output_flag", False), ("threads", threads), ("random_seed", 0)):
            self.highs.setOptionValue(option, value)
        nothing_i, nothing_d = numpy.array([], dtype=numpy.int32), numpy.array([], dtype=numpy.float64)
        for lower, upper in rows:
            self.highs.addRow(lower, upper, 0, nothing_i, nothing_d)
        self.size = 0

    def add(self, cost, entries, upper=INFINITY, whole=False):
        """Add a column of (row, value) pairs; return its number."""
        rows = numpy.array([row for row, _value in entries], dtype=numpy.int32)
        values = numpy.array([value for _row, value in entries], dtype=numpy.float64)
        self.highs.addCol(cost, 0.0, upper, len(rows), rows, values)
        if whole:
            self.highs.changeColIntegrality(self.size, highspy.HighsVarType.kInteger)
        self.size += 1
        return self.size - 1

    def set_costs(self, costs):
        """Change the costs of the first columns."""
        costs = numpy.asarray(costs, dtype=numpy.float64)
        self.highs.changeColsCost(len(costs), numpy.arange(len(costs), dtype=numpy.int32), costs)

    def bound_row(self, row, lower, upper):
        """Change what a row must lie within."""
        self.highs.changeRowBounds(row, lower, upper)

    def solve(self):
        """Solve a linear program; return whether an optimum was found."""
        self.highs.run()
        return self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal

    def solve_whole(self, seconds, should_stop, start=None, nodes=None, gap=1e-6):
        """Solve a mixed-integer program within a time.

        :param start: values of the columns to begin with
        :param nodes: most nodes of the search, for an effort that does not depend on the machine
        :return: (found, proven, bound): whether a solution is there, whether it is the best or none can be, and the dual bound
        """
        options = self.highs.setOptionValue
        options("time_limit", self.highs.getRunTime() + max(seconds, 0.01))
        options("mip_rel_gap", gap)
        if nodes is not None:
            options("mip_max_nodes", nodes)
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = list(start)
            self.highs.setSolution(solution)

        def interrupt(event):
            if should_stop():
                event.interrupt()

        self.highs.cbMipInterrupt.subscribe(interrupt)
        self.highs.run()
        if start is not None and not self._is_solution():
            # HiGHS 1.16 hands back the start where its presolve alone finds the optimum.
            self.highs.clearSolver()
            self.highs.run()
        self.highs.cbMipInterrupt.unsubscribe(interrupt)
        status = self.highs.getModelStatus()
        info = self.highs.getInfo()
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        proven = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
        return found, proven, info.mip_dual_bound

    def _is_solution(self):
        """Whether the columns' values have the objective that is said of them."""
        found = self.values
        costs = numpy.array(self.highs.getLp().col_cost_)
        return len(found) != len(costs) or abs(float(costs @ found) - self.objective) <= 1e-6 * max(1.0, abs(self.objective))

    @property
    def values(self):
        """The columns' values of the last solution, as an array."""
        return numpy.array(self.highs.getSolution().col_value)

    @property
    def prices(self):
        """The rows' dual values of the last solution."""
        return list(self.highs.getSolution().row_dual)

    @property
    def objective(self):
        """The objective of the last solution."""
        return self.highs.getInfo().objective_function_value
