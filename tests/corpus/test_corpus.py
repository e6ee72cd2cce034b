"""The shipped corpus: what its files promise, and that they can be built again."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import docx
import pypdf
import pypdfium2
import pytest
import yaml

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
ORIGINALS = ROOT.parent / "shared" / "originals"
DOCUMENTS = yaml.safe_load((CORPUS / "manifest.yaml").read_text("utf-8"))["documents"]
SOURCES = [yaml.safe_load(p.read_text("utf-8")) for p in sorted(CORPUS.glob("sources/*.yaml"))]
PDFS = sorted(CORPUS.glob("*.pdf"))


def pypdf_pages(path: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def pdfium_pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def docx_text(path: Path) -> str:
    return "\n".join(p.text for p in docx.Document(str(path)).paragraphs)


def squeezed(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def bare(text: str) -> str:
    """The text without spaces and hyphens; pdfium marks one at a line's end as U+0002 or U+FFFE."""
    return re.sub(r"[-\s\x02\ufffe]", "", text)


def texts_of(path: Path) -> list[str]:
    """What each reader makes of a file, on one line."""
    if path.suffix == ".docx":
        return [squeezed(docx_text(path))]
    return [squeezed("\n".join(pages)) for pages in (pypdf_pages(path), pdfium_pages(path))]


def leaves(value: object) -> list[str]:
    """Every text that a nest of blocks shows."""
    if isinstance(value, dict):
        shown = (inner for key, inner in value.items() if key not in {"rules", "numbers", "bold"})
        return [text for inner in shown for text in leaves(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in leaves(inner)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("entry", DOCUMENTS, ids=lambda e: e["file"])
def test_files_are_the_ones_the_manifest_names(entry):
    assert hashlib.sha256((CORPUS / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert set(entry) == {"file", "title", "kind", "municipality", "date", "renders", "sha256"}
    assert entry["kind"] in {"prioriteringsforslag", "budgetnotat", "politikersvar"}


def test_manifest_names_every_file():
    shipped = {p.name for p in CORPUS.iterdir() if p.suffix in {".pdf", ".docx"}}
    assert shipped == {entry["file"] for entry in DOCUMENTS}


def test_a_rebuild_gives_the_same_bytes_and_the_shipped_texts(tmp_path):
    """Bytes are compared within one machine only: another zlib packs the same pages otherwise."""
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        subprocess.run([sys.executable, CORPUS / "build.py", folder], check=True)
    for built in first.iterdir():
        assert built.read_bytes() == (second / built.name).read_bytes(), built.name
    for entry in DOCUMENTS:
        assert texts_of(first / entry["file"]) == texts_of(CORPUS / entry["file"])


@pytest.mark.parametrize("path", PDFS, ids=lambda p: p.name)
@pytest.mark.parametrize("read", [pypdf_pages, pdfium_pages])
def test_every_page_says_that_it_is_a_rendition(path, read):
    pages = read(path)
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        lines = page.splitlines()
        assert any(re.match(r"Gengivelse af .* – ordlyden er projektets egen$", x) for x in lines)
        assert f"Side {number}" in lines


def test_the_files_metadata_says_rendition():
    for path in PDFS:
        metadata = pypdf.PdfReader(path).metadata
        assert metadata is not None
        assert metadata.title.endswith("(gengivelse)")
        assert metadata["/Keywords"] == "gengivelse"
    [letter] = (docx.Document(str(p)) for p in CORPUS.glob("*.docx"))
    assert letter.core_properties.keywords == "gengivelse"
    assert "ordlyden er projektets egen" in letter.sections[0].footer.paragraphs[0].text


@pytest.mark.parametrize("source", SOURCES, ids=lambda s: s["file"])
def test_every_text_of_the_source_stands_in_the_file(source):
    for extracted in texts_of(CORPUS / source["file"]):
        text = bare(without_page_breaks(extracted, source))
        for leaf in leaves(source["body"]):
            assert bare(leaf) in text, leaf


def without_page_breaks(text: str, source: dict) -> str:
    """The text without running heads and feet, so that paragraphs go on over pages."""
    head = " ".join(source.get("head", []))
    foot = f"{source['foot']} – ordlyden er projektets egen"
    return squeezed(re.sub(rf"{re.escape(head)} ?{re.escape(foot)} Side \d+", "", text))


@pytest.mark.parametrize("source", SOURCES, ids=lambda s: s["file"])
def test_every_row_of_figures_is_one_line_without_its_blank_cells(source):
    tables = [block["table"] for block in source["body"] if "table" in block]
    rows = [row for t in tables if "numbers" in t for row in t["rows"] if any(row[1:])]
    for row in rows:
        figures = " ".join(c for c in row[1:] if re.fullmatch(r"-?[\d.,]+|-", c))
        for text in texts_of(CORPUS / source["file"]):
            assert re.search(rf"(?<![\d-]){re.escape(figures)}(?![\d.,])", text), row


def test_the_long_table_goes_over_a_page_break_with_its_head():
    [note] = CORPUS.glob("oek74*.pdf")
    heads = [i for i, page in enumerate(pdfium_pages(note)) if "Område Investeringsbehov" in page]
    assert len(heads) == 2
    assert heads[1] == heads[0] + 1


def test_the_oddities_of_the_originals_are_kept():
    texts = {path.name[:5]: texts_of(path)[0] for path in PDFS}
    assert "Ændring i antal årsværk 2 2 3 4" in texts["oeu10"]
    assert "nedlægges" in texts["oeu10"]
    assert "3 årsværk i 2025 stigende til 8 årsværk i 2027" in texts["oeu02"]
    assert "Ændring i antal årsværk -3 -5 -6 -8" in texts["oeu02"]
    assert "2028-2029" in texts["oek74"]
    assert "2028-2030" in texts["oek74"]
    assert "5 mio. kr. i 2026 og 2027" in texts["oek74"]
    assert "- 5.000 10.000 15.000 15.000 45.000" in texts["oek74"]
    assert texts["oek74"].count("Tabel 1.") == 2


def sentences(source: dict) -> list[str]:
    """Every text of a source that is not a heading, a label, a link's title or a box."""
    kinds = {"p", "dash", "bullet", "circle"}
    blocks = [block for block in all_blocks(source["body"]) if set(block) <= kinds]
    texts = [text for block in blocks for text in leaves(block)]
    said = (text for text in texts if not text.startswith("Link:") and "[ ]" not in text)
    return [re.sub(r"[”“][^”]+”", "", text) for text in said]


def all_blocks(value: object) -> list[dict]:
    """Every block of a body, those in the cells of its tables too."""
    if isinstance(value, dict):
        return [value, *(b for inner in value.values() for b in all_blocks(inner))]
    return [b for inner in value for b in all_blocks(inner)] if isinstance(value, list) else []


def runs(text: str, length: int = 8) -> set[str]:
    """Every run of `length` words, units of money left out."""
    joined = re.sub(r"-\s*\n\s*", "", text).lower()
    words = [w for w in re.findall(r"[a-zæøåé]{2,}", joined) if w not in {"mio", "kr"}]
    return {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}


@pytest.mark.skipif(not ORIGINALS.exists(), reason="the originals are not beside this checkout")
def test_no_sentence_of_the_originals_stands_in_the_corpus():
    theirs = {run for p in ORIGINALS.glob("*.txt") for run in runs(p.read_text("utf-8"))}
    assert theirs
    for source in SOURCES:
        ours = {run for text in sentences(source) for run in runs(text)}
        assert not ours & theirs, source["file"]
