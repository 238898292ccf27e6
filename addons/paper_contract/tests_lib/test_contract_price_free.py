# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import importlib

from hypothesis import given
from hypothesis import strategies as st
from plain_lib import LibRules

price_free = importlib.import_module("paper_contract_lib.price_free")
zh_numbers = importlib.import_module("paper_contract_lib.zh_numbers")
AMOUNTS = st.decimals(min_value="0.01", max_value="99999999.99", places=2)


class TestContractLib(LibRules):
    """The modules of this addon's lib/."""


PATTERNS = ("¥{}", "￥ {}", "{}元", "{} 元整", "CNY {}", "{} CNY", "人民币{}元", "$ {}", "{:,}元", "USD {:,}")


@given(AMOUNTS, st.sampled_from(PATTERNS))
def test_no_sum_of_money_stays(amount, pattern):
    """R4.1.3: however a sum is written, none of its digits stays in the copy without prices."""
    text = price_free.without_prices(f"双方约定 {pattern.format(amount)}，按此结算。")
    assert not any(char.isdigit() for char in text), text


@given(AMOUNTS)
def test_no_amount_in_capitals_stays(amount):
    """R4.1.3: nor does the amount in Chinese capitals."""
    capitals = zh_numbers.amount(amount)
    text = price_free.without_prices(f"大写：{capitals}。")
    assert text == "大写：***。"


@given(AMOUNTS, st.sampled_from(["{}", "{:,}", "the sum of {}", "共计{}"]))
def test_the_contracts_own_amounts_do_not_stay(amount, pattern):
    """R4.1.3: a figure equal to one of the contract's amounts goes, without any currency beside it."""
    text = price_free.without_prices(f"约定 {pattern.format(amount)}。", [float(amount)])
    assert not any(char.isdigit() for char in text), text


@given(
    st.integers(1, 999),
    st.sampled_from(["g/m²", "mm", "%", " kg", "吨", "张/令", "令", " reams", "×1092", "天", " days"]),
)
def test_figures_of_the_paper_stay(number, unit):
    """R4.1.3: what production needs stays, grammage, sizes, quantities, days, even where the price is the same figure."""
    text = f"规格 {number}{unit}，包装按约定"
    assert price_free.without_prices(text, [number]) == text


@given(
    st.integers(1, 999),
    st.sampled_from(["at gate {}", "Total weight {} kg", "Payment term {} days", "第{}号门", "总重量 {} 吨"]),
)
def test_a_figure_by_chance_is_no_price(number, pattern):
    """R4.1.3: a small figure that happens to be the price does not make a letter one about prices, nor does a measure."""
    assert not price_free.names_prices(pattern.format(number), [number])


@given(st.integers(1, 999), st.sampled_from(["¥{}", "{} CNY", "单价：{}", "{} per ream", "{}/kg", "price {}"]))
def test_a_price_in_a_letter(number, pattern):
    """R4.1.3: with a currency, a word for prices or “per” beside it, it does."""
    assert price_free.names_prices(pattern.format(number), [number])
