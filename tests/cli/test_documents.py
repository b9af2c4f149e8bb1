"""`nearling read` reads documents page by page, and says what is wrong with one."""

import pytest

from nearling.bench.useful.described import Described
from nearling.bench.useful.files import built
from scripted.documents import INN, SHED
from scripted.hostile_documents import encrypted_pdf


def written(folder, form, *pages):
    path = folder / f"it.{form}"
    path.write_bytes(built(form, path.name, pages))
    return path


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx"])
def test_a_document_is_read_by_the_page(product, tmp_path, form):
    ended = product.run("read", written(tmp_path, form, INN, SHED), "--json")
    assert ended.code == 0
    (file,) = ended.json["files"]
    assert file["kind"] == ("sheet" if form == "xlsx" else "page")
    assert [page["page"] for page in file["pages"]] == [1, 2]
    first = file["pages"][0]
    (table,) = first["tables"]
    assert table["header"]
    assert [cell["text"] for cell in table["rows"][1]] == ["Anna", "12.50", "2026-03-01"]
    assert all(len(line["box"]) == 4 for line in first["lines"])
    assert "Nothing (else) to see here." in file["text"]


def test_a_scan_is_read_by_looking(product, tmp_path):
    ended = product.run("read", written(tmp_path, "scan", Described("The total is 12.50 EUR")))
    assert (ended.code, ended.out.strip()) == (0, "The total is 12.50 EUR")


def test_a_picture_and_a_document_beside_each_other(product, tmp_path, receipt):
    ended = product.run("read", receipt, written(tmp_path, "txt", SHED), "--json")
    picture, document = ended.json["files"]
    assert "pages" not in picture
    assert document["kind"] == "part"
    assert "12.50" in picture["text"]


def test_what_cannot_be_read_is_told_and_stops_nothing(product, tmp_path):
    (tmp_path / "locked.pdf").write_bytes(encrypted_pdf("x"))
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04" + bytes(99))
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "sound.mp3").write_bytes(b"ID3\x04" + bytes(99))
    names = ("locked.pdf", "broken.docx", "noise.bin", "sound.mp3")
    good = written(tmp_path, "md", SHED)
    ended = product.run("read", *(tmp_path / name for name in names), good, "--json")
    assert ended.code == 1
    *bad, last = ended.json["files"]
    for name, file in zip(names, bad, strict=True):
        assert file["error"]["kind"] == "file"
        assert name in file["error"]["sentence"]
        assert file["error"]["remedy"]
    assert "password" in bad[0]["error"]["sentence"]
    assert "Nothing (else) to see here." in last["text"]
