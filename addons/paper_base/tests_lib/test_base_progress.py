# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from hypothesis import given
from hypothesis import strategies as st
from paper_base_lib.progress import Progress, share, stage_state, stage_weights

kilograms = st.integers(0, 100_000)
lines = st.lists(
    st.builds(
        Progress,
        ordered=st.integers(1, 100_000),
        reached=kilograms,
        minus=st.integers(0, 20),
        plus=st.integers(0, 20),
        open=st.booleans(),
        begun=st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


class TestProgress:
    @given(lines)
    def test_done_means_that_every_line_has_come(self, stage):
        """R5.3.3: a stage is done only when of each line as much has come as was ordered, less its tolerance."""
        if stage_state(stage) == "done":
            assert all(line.reached >= line.ordered * (1 - line.minus / 100) - line.slack for line in stage)
            assert not any(line.open for line in stage)

    @given(lines)
    def test_what_is_given_up_is_short(self, stage):
        """R5.3.3: once everything is over a stage is either done or short: nothing is left that reads as in progress."""
        over = [
            Progress(ordered=line.ordered, reached=line.reached, minus=line.minus, open=False, begun=True) for line in stage
        ]
        assert stage_state(over) == ("done" if all(line.is_enough for line in over) else "short")

    @given(lines)
    def test_no_line_makes_up_for_another(self, stage):
        """R5.3.3: while a line lacks weight, the sum that is told lacks it, too, however much came of the others."""
        reached, ordered = stage_weights(stage)
        if any(not line.is_enough for line in stage):
            assert reached < ordered

    @given(kilograms, st.lists(kilograms, min_size=1, max_size=5))
    def test_share_loses_nothing(self, amount, needs):
        """R5.3.3: what was made for several lines is divided among them without a rest."""
        parts = share(amount, needs)
        assert sum(parts) == amount
        assert all(part >= 0 for part in parts)
