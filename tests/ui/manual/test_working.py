"""What reading is good for: following up, explaining, working out, summarising, measuring."""

from __future__ import annotations

from PIL import Image

from nearling.bench.demo.receipts import RECEIPTS, drawn
from nearling.bench.useful.described import Described
from nearling.bench.useful.files import built
from nearling.instance.doorbell import Request
from ui.manual.conftest import (
    answered,
    ask,
    click,
    errand,
    keep,
    outlined,
    picture_of,
    press,
    until,
)

REPORT = """# Harbour wall: state of the works

The works on the harbour wall began on 2 March and are to end on 30 September.
Divers found that the oldest part of the wall stands on oak piles from 1874.
Eleven of the 140 piles are rotten at the waterline and have to be replaced.
The replacement costs 84,000 euros, which the reserve of the project covers.
Storms in April kept the pontoon in port for nine days.
The contractor works on Saturdays until the lost days are made up.
No fish were harmed when the basin was pumped dry in May.
Residents complained about noise before seven in the morning in three letters.
Deliveries of stone now begin at eight, which the contractor accepted without a charge.
The promenade stays closed for walkers between the lighthouse and the ice factory.
The new lamps on the promenade will need less than half of the power of the old ones.
The harbour master expects the first ships at the new wall in October.
The next report follows on 1 August.
"""
TABLE = """Item | Category | Price
Rope 20 m | Rigging | 48.50
Shackle | Rigging | 9.80
Paint 1 l | Hull | 32.00
Brush | Hull | 6.40
Lamp | Light | 57.30
Bulb | Light | 8.00
"""


def brought(window, name: str, form: str, *pages: Described, folder) -> None:
    file = folder / name
    file.write_bytes(built(form, name, pages))
    window.receive(Request((str(file),)))
    until(lambda: len(window.landing.pending) == 1)


def test_ask_a_follow_up(window):
    answered(window, "receipt")
    turn = ask(window, "And the VAT?")
    assert turn.view.text == "4.19"
    keep(window, "ask-a-follow-up")


def test_explain_an_error_message(window):
    window.receive(Request((str(picture_of("error")),)))
    until(lambda: len(window.landing.pending) == 1)
    turn = ask(window, "What does this error mean?")
    assert "python-permission-error" in turn.view.text
    assert "explained by a note" in turn._badge.accessibleName()
    assert until(lambda: outlined(turn)) == [errand("error").picture.file]
    keep(window, "explain-an-error-message")


def test_work_over_a_table(window):
    window.receive(Request((str(picture_of("table")),)))
    until(lambda: len(window.landing.pending) == 1)
    turn = ask(window, "What is the average fare?")
    assert turn.view.text == "€6.66"
    assert len(turn.view.citations) == 5
    until(lambda: outlined(turn))
    keep(window, "work-over-a-table")


def test_ask_about_a_document(window, tmp_path):
    lease = (
        Described("The flat at 14 Tanner's Row is let from 1 May 2026.", "The flat"),
        Described("The rent is £980.00 a month, due on the first.", "Rent"),
        Described("The deposit is £1,470.00 and is kept in a trust account.", "Deposit"),
    )
    brought(window, "lease.pdf", "pdf", *lease, folder=tmp_path)
    turn = ask(window, "How much is the deposit?")
    assert turn.view.text == "£1,470.00"
    assert turn.view.citations[0].page == 3
    keep(window, "ask-about-a-document")


def test_summarise_a_document(window, tmp_path):
    brought(window, "harbour.docx", "docx", Described(REPORT), folder=tmp_path)
    turn = ask(window, "Summarise this")
    assert len(turn.view.citations) >= 5
    chosen = [line[2:] for line in turn.view.text.split("\n") if line.startswith("- ")]
    assert len(chosen) == 5
    assert all(sentence in REPORT for sentence in chosen)
    keep(window, "summarise-a-document")


def test_ask_what_a_picture_is(window, tmp_path):
    file = tmp_path / "beach.jpg"
    picture = Image.new("RGB", (1600, 1200), "#c8a060")
    picture.paste("#2060c0", (0, 0, 1600, 700))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Canon", "EOS 80D"
    picture.save(file, quality=90, exif=exif)
    window.receive(Request((str(file),)))
    until(lambda: len(window.landing.pending) == 1)
    turn = ask(window, "Which camera was this picture taken with?")
    assert "EOS 80D" in turn.view.text
    keep(window, "ask-what-a-picture-is")


def test_compute_and_convert(window):
    turn = ask(window, "15% tip on 48.60")
    assert "7.29" in turn.view.text
    turn = ask(window, "How many days from 3 March 2026 to 1 June 2026?")
    assert "90 days" in turn.view.text
    keep(window, "compute-and-convert")


def test_make_one_table_of_many_files(window, tmp_path):
    files = []
    for receipt in RECEIPTS[:4]:
        files.append(tmp_path / receipt.file)
        files[-1].write_bytes(drawn(receipt))
    press("ctrl+shift+t")
    page = until(lambda: window.extractions.page)
    until(page.isVisible)
    window.extractions.extracting.add(files)
    until(lambda: len(page.sheet.paths) == len(files))
    click(page.run)
    until(lambda: page.sheet.counted()[0] == len(files) and page.run.isVisible())
    model = page.model
    rows = [
        [model.index(row, at).data() for at in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    assert [row[0] for row in rows] == [each.file for each in RECEIPTS[:4]]
    assert [row[3] for row in rows] == [each.total for each in RECEIPTS[:4]]
    keep(window, "make-one-table-of-many-files")
