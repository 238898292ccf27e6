# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from email.message import EmailMessage

from hypothesis import given
from hypothesis import strategies as st
from paper_order_intake_mail_lib.order_mail import read_head, read_mail

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(st.binary(max_size=400), ANY_TEXT)
def test_any_mail_is_read(source, subject):
    """R3.1.2: whatever bytes a mail is, reading it raises nothing, and what it says can be stored."""
    for mail in (source, b"Subject: " + subject.encode("utf-8", "replace") + b"\n\n" + source):
        whole, head = read_mail(mail), read_head(mail)
        assert whole.subject.encode() is not None and whole.sender.encode() is not None
        assert (head.message_id, head.sender, head.subject) == (whole.message_id, whole.sender, whole.subject)
        assert head.auto == whole.auto


NAMES = st.sampled_from(["list.csv", "a.PDF", "订单.xlsx", "../../x.dat", "C:\\x\\y.csv", "logo.png", "x.docx"])


@given(NAMES, st.binary(min_size=1))
def test_files_of_a_mail(name, content):
    """R3.1.1: lists are taken out of a mail byte for byte, without the folders in their names; others are named."""
    message = EmailMessage()
    message.set_content("hello")
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    mail = read_mail(message.as_bytes())
    plain = name.replace("\\", "/").rsplit("/", 1)[-1]
    if content.startswith(b"\x78\x9f\x3e\x22"):
        return
    if plain.lower().endswith((".csv", ".pdf", ".xlsx", ".dat")):
        assert [(file.name, file.content) for file in mail.files] == [(plain, content)]
    else:
        assert not mail.files and [file.name for file in mail.others] == [plain]
