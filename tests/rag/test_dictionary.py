import gc
import subprocess
import sys
from pathlib import Path

import pytest
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from rag.terminal import uncollected
from rag.text import dictionary as tries

FORMS = ("husene", "besparelser", "Randers", "xqzw", "", "økonomi")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture()
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder with nothing kept in it."""
    monkeypatch.setattr(tries, "_folder", lambda: tmp_path)
    for made in (tries.dictionary, tries._tries):
        made.cache_clear()
    return tmp_path


@pytest.fixture(autouse=True)
def afresh():
    yield
    for made in (tries.dictionary, tries._tries):
        made.cache_clear()


def test_a_kept_dictionary_says_what_simplemmas_own_does(folder: Path) -> None:
    own = DefaultDictionaryFactory().get_dictionary("en")
    made = tries.dictionary("en")
    tries.dictionary.cache_clear()
    kept = tries.dictionary("en")
    assert isinstance(kept, tries.Trie)
    assert not isinstance(made, tries.Trie)
    some = [*list(own)[::997], *FORMS]
    assert [kept.get(w) for w in some] == [own.get(w) for w in some]
    assert [w in kept for w in some] == [w in own for w in some]
    assert len(kept) == len(own)
    assert set(kept) == set(own)
    with pytest.raises(KeyError):
        kept["xqzw"]


def test_one_that_was_cut_off_is_made_again(folder: Path) -> None:
    tries.dictionary("en")
    whole = (folder / "en.dic").read_bytes()
    (folder / "en.dic").write_bytes(whole[: len(whole) // 2])
    tries.dictionary.cache_clear()
    tries._tries.cache_clear()
    assert tries.dictionary("en")["houses"] == "house"
    assert (folder / "en.dic").read_bytes() == whole


def test_kept_ones_need_no_simplemma() -> None:
    code = "import sys\nfrom rag.text.language import analyse\nassert analyse('Besparelserne')\n"
    tries.dictionary("da"), tries.dictionary("en")
    found = code + "print('simplemma' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", found], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "False"


def test_garbage_is_looked_for_again_after_a_block_without() -> None:
    with pytest.raises(ZeroDivisionError), uncollected():
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled()
