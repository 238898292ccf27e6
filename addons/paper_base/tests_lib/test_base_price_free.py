# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import importlib

from hypothesis import given
from hypothesis import strategies as st

price_free = importlib.import_module("paper_base_lib.price_free")
AMOUNTS = st.decimals(min_value="0.01", max_value="99999999.99", places=2)


PATTERNS = ("¥{}", "￥ {}", "{}元", "{} 元整", "CNY {}", "{} CNY", "人民币{}元", "$ {}", "{:,}元", "USD {:,}")


@given(AMOUNTS, st.sampled_from(PATTERNS))
def test_a_sum_of_money(amount, pattern):
    """R4.1.3: however a sum is written, the text names a price."""
    assert price_free.names_prices(f"双方约定 {pattern.format(amount)}，按此结算。")


LARGE = st.decimals(min_value="1000", max_value="99999999.99", places=2)


@given(LARGE, st.sampled_from(["{}", "{:,}", "the sum of {}", "共计{}"]))
def test_the_orders_own_amounts(amount, pattern):
    """R4.1.3: a figure equal to one of the order's amounts does, without any currency beside it."""
    assert price_free.names_prices(f"约定 {pattern.format(amount)}。", [float(amount)])


@given(
    st.integers(1, 999),
    st.sampled_from(["g/m²", "mm", "%", " kg", "吨", "张/令", "令", " reams", "×1092", "天", " days"]),
)
def test_figures_of_the_paper(number, unit):
    """R4.1.3: what production needs stays, grammage, sizes, quantities, days, even where the price is the same figure."""
    assert not price_free.names_prices(f"规格 {number}{unit}，包装按约定", [number])


@given(
    st.integers(1, 99999),
    st.sampled_from(["卷筒 Ø{} 芯76", "GB/T 24988-{}", "芙蓉北路{}号", "EV-{}", "S{}", "No. {}", "1092×{}", "{}, Print Street"]),
)
def test_technical_figures_are_no_prices(number, pattern):
    """R4.1.3: diameters, standards, numbers of streets, documents and machines are no prices, whatever the price is."""
    assert not price_free.names_prices(pattern.format(number))


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
