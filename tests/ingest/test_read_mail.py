"""Mails as they are saved: heads, own words, nothing of what they answer."""

from email.message import EmailMessage

import pytest

from ingest.read import Unreadable, read_bytes


def mail(**heads: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in heads.items():
        made[name] = value
    return made


HEADS = {
    "From": '"Lise Holm (Ø)" <lise@example.dk>',
    "Subject": "Spørgsmål om AI",
    "Date": "Tue, 21 Apr 2026 09:12:00 +0200",
}


def text_of(made: EmailMessage) -> str:
    return read_bytes("spm.eml", bytes(made)).pages[0].text


def test_a_mail_gives_its_heads_and_words_and_not_the_mail_it_answers() -> None:
    made = mail(**HEADS)
    made.set_content("Hvad koster det?\n\nDen 20. april 2026 skrev Ole:\n> Hvad med 7 mio. kr.?\n")
    text = text_of(made)
    assert text.splitlines()[0].startswith('Fra: "Lise Holm (Ø)"')
    assert "Emne: Spørgsmål om AI" in text and "Dato: 21. april 2026" in text
    assert "Hvad koster det?" in text and "7 mio" not in text and "skrev" not in text


def test_a_mail_in_html_is_read() -> None:
    made = mail(**HEADS)
    made.set_content("<html><body><p>Hvad koster <b>ØU10</b>?</p></body></html>", subtype="html")
    assert "Hvad koster ØU10?" in text_of(made)


def test_what_is_attached_is_named_as_not_read() -> None:
    made = mail(**HEADS)
    made.set_content("Se bilaget. Hvad koster det?")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    source = read_bytes("spm.eml", bytes(made))
    assert source.media_type == "message/rfc822"
    assert ["a.pdf" in w.da for w in source.warnings] == [True]


def test_a_mail_without_text_is_told() -> None:
    made = mail(**HEADS)
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    with pytest.raises(Unreadable, match="no text"):
        read_bytes("spm.eml", bytes(made))
