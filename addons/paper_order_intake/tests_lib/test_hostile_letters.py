# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Letters and lists as nobody foresaw them: whatever is not certain is proposed, asked or told, never taken."""

import datetime
import io
import random

import pytest
from openpyxl import Workbook
from paper_order_intake_lib.reading import ASKED, PROPOSED, TAKEN, Brought, read_document
from reportlab.pdfgen import canvas

TODAY = datetime.date(2026, 11, 29)


def read(*files, **letter):
    return read_document([Brought(name, content, str(place)) for place, (name, content) in enumerate(files)], TODAY, **letter)


def workbook(*rows):
    book, stream = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


def values(item, *names):
    return tuple(item.facts[name].value if name in item.facts else None for name in names)


def test_quoted_table_is_no_order():
    """R3.1.1, R3.1.2: the list that an answer quotes is ordered once: neither below a head nor in a program's quote is it one."""
    head = "<tr><th>PO</th><th>gsm</th><th>size</th><th>t</th></tr>"
    table = f"<table>{head}<tr><td>{{}}</td><td>80</td><td>640x900</td><td>5</td></tr></table>"
    for html in (
        f"<div>ok</div><blockquote type='cite'>{table.format(55)}</blockquote>",
        f"<p>ok</p><p>On Mon, 2 Nov 2026, Mill wrote:</p>{table.format(55)}",
        f"<p>ok</p><p>From: Mill &lt;orders@mill.example&gt;</p><p>Subject: PO 55</p>{table.format(55)}",
    ):
        document = read(subject="Re: PO 55", text="", html=html, answers=True)
        assert not document.is_read and not document.reading.items, html
    above = f"<p>请按此下单</p>{table.format(56)}<p>在 2026年11月2日，纸厂 写道：</p>{table.format(55)}"
    document = read(subject="回复：报价", text="", html=above, answers=True)
    assert [document.reading.head["order_number"].value, len(document.reading.items)] == ["56", 1]


def test_passed_on_by_the_customer_is_read():
    """R3.1.1: what a customer passes on to the mill, under a head of any program, is his order."""
    for head in ("-----Original Message-----\nFrom: Li <li@hua.example>", "Begin forwarded message:\nVon: Li <li@hua.example>"):
        text = f"FYI\n{head}\nSubject: PO 4711\n\nGrade: Offset\nGrammage: 80 g/m2\nSize: 64 x 90 cm\nQty: 2 t"
        document = read(subject="FW: PO 4711", text=text, html="")
        assert values(document.reading.items[0], "width_mm", "length_mm", "quantity") == (640, 900, 2), head


@pytest.mark.parametrize("word", ["小计", "合计", "Subtotal", "Summe", "总计"])
@pytest.mark.parametrize("column", [0, 1, 3])
def test_total_in_any_column(word, column):
    """R3.1.1: a row of a total is no paper, in whichever column its word stands."""
    total = ["", "", "", "", 15]
    total[column] = word
    rows = (["序号", "品名", "克重", "尺寸", "重量(吨)"], [1, "双胶纸", 80, "787×1092", 10], [2, "双胶纸", 70, "889×1194", 5])
    document = read(("a.xlsx", workbook(*rows, total)))
    assert [values(item, "quantity") for item in document.reading.items] == [(10,), (5,)]
    assert ("total_row") in {code for code, _text in document.reading.told}


def test_inches_beside_plain_cells():
    """R3.1.1: a list that no order book's reader can read whole is read as any list: 40 inch and 3\" have units."""
    document = read(("a.csv", b'number,width,length,weight kg,basis weight,diameter,core\nR1,880,0,20000,80,40 inch,"3"""\n'))
    assert values(document.reading.items[0], "diameter_mm", "core_mm", "quantity") == (1016, 76.2, 20000)
    document = read(("a.csv", b'PO,gsm,size,t\nR1,80,"25"" x 38""",5\n'))
    assert values(document.reading.items[0], "width_mm", "length_mm") == (635, 965.2)


def test_implausible_core_is_asked():
    """R3.1.1, R3.2.1: a core of 3, a thickness of 0.1, 12.5 kg on a reel are no figures of paper: they are asked."""
    document = read(("a.csv", b"number,width,length,weight kg,basis weight,diameter,core,caliper\nR1,880,0,12.5,80,1000,3,0.1\n"))
    facts = document.reading.items[0].facts
    assert {facts[name].state for name in ("core_mm", "thickness_um", "quantity")} == {ASKED}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请安排80克双胶纸787*1092共12.5吨，12月18日前送到长沙市芙蓉区仓库，月结60天。", (80, 787, 1092, 12.5)),
        ("我们要订双胶纸八十克，二十吨，规格七八七乘一零九二。", (80, 787, 1092, 20)),
        ("we need another 18 tons of woodfree offset 80 g/m2 in 64x90cm for 15 January 2027.", (80, 640, 900, 18)),
        ("bitte liefern Sie 12,5 t Offset weiß 90 g/m² im Format 70x100 cm bis 20.12.2026", (90, 700, 1000, 12.5)),
    ],
)
def test_sentences_are_proposed(text, expected):
    """R3.1.1: a plain sentence, its numbers in figures or in words, is a filled proposal, and no more than that."""
    item = read(subject="order", text=text, html="").reading.items[0]
    assert values(item, "basis_weight", "width_mm", "length_mm", "quantity") == expected
    assert TAKEN not in {fact.state for fact in item.facts.values()}


def test_two_papers_in_sentences():
    """R3.1.1: two papers in sentences are two items; where they cannot be told apart nothing of the one is put to the other."""
    text = "订70克双胶纸787×1092，20吨；另要100克铜版纸889×1194，5吨。"
    items = read(subject="订货", text=text, html="").reading.items
    assert [values(item, "basis_weight", "width_mm", "quantity") for item in items] == [(70, 787, 20), (100, 889, 5)]
    item = read(subject="订货", text="订70克和100克双胶纸各20吨 787×1092", html="").reading.items[0]
    assert {fact.state for fact in item.facts.values()} == {ASKED}


@pytest.mark.parametrize("text", ["We do not need the 20 t of 80 g/m2 640x900 any more.", "80克787×1092的20吨我们不需要了"])
def test_what_is_not_wanted(text):
    """R3.1.1: a sentence that says what is not wanted orders nothing."""
    assert not read(subject="order", text=text, html="").reading.items


def test_number_is_no_number_of_words():
    """R3.1.2: “order of 20 t” and a parcel's number name no order."""
    for text in ("Our order of 20 t of 80 g/m2, 640x900 mm, please", "请订80克640×900的20吨，快递单号 SF1234567"):
        assert "order_number" not in read(subject="", text=text, html="").reading.head


def test_unsure_states():
    """R3.1.1: a day without a year waits for a person; a day that has two senses is asked."""
    head = read(subject="", text="请订80克640×900的20吨，12月18日交货", html="").reading.head
    assert (head["delivery_date"].state, head["delivery_date"].value) == (PROPOSED, "2026-12-18")
    head = read(subject="", text="please send 20 t of 80 g/m2 640x900 mm, due 05/06/2027", html="").reading.head
    assert head["delivery_date"].state == ASKED


@pytest.mark.parametrize("words", ["以下订单请取消", "Please cancel the orders below.", "Bitte stornieren Sie:"])
def test_list_of_what_is_taken_back(words):
    """R3.1.1, R3.1.2: a list of orders that the customer takes back is a wish to a person, no new order."""
    document = read(("a.csv", b"PO,gsm,size,t\nN1,80,640x900,5\n"), subject="PO N1", text=words, html="")
    assert (document.is_read, document.books, document.reading.kind) == (False, [], "change")


def test_day_that_is_past():
    """R3.2.1: a day to deliver on that is past, or years ahead, is a slip of the pen and asked."""
    for day in ("2025-01-05", "2062-12-20"):
        content = f"PO,gsm,size,t,delivery date\nA,80,640x900,5,{day}\n".encode()
        fact = read(("a.csv", content)).reading.items[0].facts["delivery_date"]
        assert (fact.state, fact.value) == (ASKED, None)


def test_rows_of_several_customers():
    """R3.1.1: rows of several customers are nobody's order until a person says whose each is; one name is no question."""
    rows = "客户,订单号,克重,规格,吨\n甲厂,A,80,640×900,5\n{},B,80,640×900,6\n"
    several = read(("a.csv", rows.format("乙厂").encode())).reading
    assert [item.facts["customer"].state for item in several.items] == [ASKED, ASKED]
    assert "several_customers" in dict(several.told)
    assert not any("customer" in item.facts for item in read(("a.csv", rows.format("甲厂").encode())).reading.items)


def test_column_of_units_and_name_with_figures():
    """R3.1.1: a column of units says the unit of its row; figures in the name of the paper are a proposal."""
    content = "订单号,货物名称,数量,单位\nD1,80g双胶纸 787×1092mm,10,吨\nD1,70g双胶纸 889×1194mm,200,令\n".encode()
    items = read(("a.csv", content)).reading.items
    assert [(item.facts["quantity"].value, item.facts["quantity"].unit) for item in items] == [(10, "t"), (200, "ream")]
    assert [values(item, "basis_weight", "width_mm") for item in items] == [(80, 787), (70, 889)]
    assert items[0].facts["basis_weight"].state == PROPOSED


def test_lists_on_several_sheets():
    """R3.1.1: lists on two sheets may be one order, or this one and the last: they wait for a person, and it is told."""
    book, stream = Workbook(), io.BytesIO()
    for sheet in (book.active, book.create_sheet("Old")):
        for row in (["PO", "gsm", "size", "t"], ["A", 80, "640x900", 5]):
            sheet.append(row)
    book.save(stream)
    reading = read(("a.xlsx", stream.getvalue())).reading
    assert {item.facts["quantity"].state for item in reading.items} == {PROPOSED}
    assert "several_sheets" in dict(reading.told)


@pytest.mark.parametrize("mark", ["\t", " | "])
def test_table_pasted_into_plain_words(mark):
    """R3.1.1: a table pasted into plain words is a list; one that an answer quotes is none."""
    table = [["PO", "gsm", "size", "qty"], ["A", "80", "640x900", "5 t"], ["A", "90", "700x1000", "3 t"]]
    lines = [mark.join(row) for row in table]
    items = read(subject="order", text="Hello,\n" + "\n".join(lines) + "\nThanks", html="").reading.items
    assert [values(item, "basis_weight", "quantity") for item in items] == [(80, 5), (90, 3)]
    quoted = "\n".join(f"> {line}" for line in lines)
    assert not read(subject="Re: order", text=f"ok\n{quoted}", html="", answers=True).reading.items


def test_damaged_pdf():
    """R3.1.1: a PDF that is cut off, overwritten or has foreign bytes in it breaks nothing, and nothing is read wrongly of it."""
    stream = io.BytesIO()
    page = canvas.Canvas(stream)
    for number, row in enumerate((["PO", "gsm", "size", "t"], ["P1", "80", "640x900", "5"], ["P1", "90", "700x1000", "3"])):
        for place, cell in enumerate(row):
            page.drawString(50 + 100 * place, 800 - 20 * number, cell)
    page.save()
    whole, chance, read_at_all = stream.getvalue(), random.Random(5), 0
    for turn in range(60):
        data, place = bytearray(whole), chance.randrange(20, len(whole))
        if turn % 3 == 0:
            del data[place:]
        elif turn % 3 == 1:
            data[place : place + 40] = chance.randbytes(40)
        else:
            data[place:place] = chance.randbytes(60)
        document = read(("po.pdf", bytes(data)))
        found = [values(item, "basis_weight", "quantity") for item in document.reading.items] if document.is_read else []
        assert found in ([], [(80, 5), (90, 3)]), (turn, found)
        read_at_all += bool(found)
    assert read_at_all, "slight damage is read over"
