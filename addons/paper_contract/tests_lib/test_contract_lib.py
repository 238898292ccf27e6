# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import importlib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from plain_lib import LibRules, load_lib

load_lib(Path(__file__).parents[2] / "paper_base" / "tests_lib" / "conftest.py")
price_free = importlib.import_module("paper_base_lib.price_free")
zh_numbers = importlib.import_module("paper_contract_lib.zh_numbers")
AMOUNTS = st.decimals(min_value="0.01", max_value="99999999.99", places=2)


class TestContractLib(LibRules):
    """The modules of this addon's lib/."""


@given(AMOUNTS)
def test_an_amount_in_words(amount):
    """R4.1.3: a text with an amount in Chinese capitals names a price."""
    assert price_free.names_prices(f"大写：{zh_numbers.amount(amount)}。")
