"""Mails as customers' programs write them."""

import struct
from email.message import EmailMessage


def tnef_of(name, content):
    """A winmail.dat with one file in it, as [MS-OXTNEF] lays it out."""

    def attribute(level, ident, data):
        return bytes([level]) + struct.pack("<II", ident, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + attribute(1, 0x00089006, struct.pack("<I", 0x10000))
        + attribute(2, 0x00069002, b"\0" * 14)
        + attribute(2, 0x00018010, name.encode() + b"\0")
        + attribute(2, 0x0006800F, content)
    )


def mail_of(to, *files, sender="orders@hua.example.com", ref="<m1@hua.example.com>", body="Our order, see below.", **headers):
    """The source of a mail. ``files``: (name, bytes, mimetype)."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"Hua Print <{sender}>", to, headers.pop("subject", "New order")
    if ref:
        message["Message-Id"] = ref
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    message.add_alternative(f"<html><body><p>{body}</p><img src='cid:logo'></body></html>", subtype="html")
    for name, content, mimetype in files:
        main, sub = mimetype.split("/")
        inline = {"disposition": "inline", "cid": "<logo>"} if main == "image" else {}
        message.add_attachment(content, maintype=main, subtype=sub, filename=name, **inline)
    return message.as_bytes()
