"""
The user's own Apertium dictionary becomes a further word list, whole or not at all. The dictionaries here are invented.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

import pytest

from corpus.errors import UsageError
from retrieval.apertium import bake, ranked, read_pairs
from retrieval.bridge import Bridge, Vocabulary
from retrieval.wordlist import baked_path

Entry = tuple[str, str, str]

LETTERS = {"": "@0@", " ": "@_SPACE_@"}
SPANISH: list[Entry] = [
    ("zumbrique", "<n><m>", "buzzer"),
    ("zumbrique", "<n><m>", "hummer"),
    ("zumbrique", "<n><m>", "whirr"),
    ("trascolar", "<vblex>", "seep# through"),
    ("velamar", "<adj>", "sea-veiled"),
    ("velamar", "<n>", "velamar"),
    ("harto de", "<adj>", "sick of"),
    ("ello", "<prn>", "it"),
    ("siglo 3", "<n>", "century"),
]
ENGLISH: list[Entry] = [
    ("hummer", "<n>", "zumbrique"),
    ("sea-veiled", "<adj>", "velamar"),
    ("veilful", "<adj>", "velamar"),
]
DIX = """<dictionary><alphabet/><sdefs><sdef n="n"/><sdef n="vblex"/></sdefs><section id="main" type="standard">
<e><p><l>zumbrique<s n="n"/></l><r>hummer<s n="n"/></r></p></e>
<e><p><l>trascolar<s n="vblex"/></l><r>seep<g><b/>through</g><s n="vblex"/></r></p></e>
</section></dictionary>"""


def symbols(word: str, tags: str) -> list[str]:
    return [*word, *(f"<{tag}>" for tag in tags.strip("<>").split("><"))]


def printed(entries: Iterable[Entry]) -> str:
    """What `lt-print -H` writes: each entry a path from state 0 to the last state, sections after it."""

    def lines() -> Iterator[str]:
        fresh = 1
        for first, tags, second in entries:
            state = 0
            pairs = list(zip_longest(symbols(first, tags), symbols(second, tags), fillvalue=""))
            for place, (one, other) in enumerate(pairs):
                following = 9999 if place == len(pairs) - 1 else fresh
                yield f"{state}\t{following}\t{LETTERS.get(one, one)}\t{LETTERS.get(other, other)}\t0.000000\t"
                state, fresh = following, fresh + 1
        yield "9999\t0.000000"
        yield "--"
        # A rule for numbers, which goes round and round.
        yield from ("0\t0\t7\t7\t0.000000\t", "0\t0\tx\tx\t0.000000\t", "0\t1\t<n>\t<n>\t0.000000\t", "1\t0.000000")

    return "".join(f"{line}\n" for line in lines())


@pytest.fixture
def dictionaries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two dictionaries, and on the path a printer that prints them."""
    folder, programs = tmp_path / "apertium", tmp_path / "bin"
    folder.mkdir()
    programs.mkdir()
    (folder / "spa-eng.autobil.bin").write_text(printed(SPANISH), "utf-8")
    (folder / "eng-spa.autobil.bin").write_text(printed(ENGLISH), "utf-8")
    printer = programs / "lt-print"
    printer.write_text('#!/bin/sh\nexec cat "$2"\n', "utf-8")
    printer.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    return folder


def test_a_dictionary_is_read_word_by_word() -> None:
    """
    Words of content with their translations; function words, phrases and rules for numbers stay out.
    """
    assert set(read_pairs(printed(SPANISH))) == {
        ("zumbrique", "buzzer"),
        ("zumbrique", "hummer"),
        ("zumbrique", "whirr"),
        ("trascolar", "seep through"),
        ("velamar", "sea-veiled"),
        ("velamar", "velamar"),
    }


def test_what_holds_both_ways_comes_first() -> None:
    """
    Of several translations, the best is one that is translated back; nothing is translated by itself.
    """
    one_way, other_way = read_pairs(printed(SPANISH)), read_pairs(printed(ENGLISH))

    assert ranked(one_way, ((es, en) for en, es in other_way)) == [
        "trascolar\tseep through",
        "velamar\tsea-veiled, veilful",
        "zumbrique\thummer, buzzer, whirr",
    ]


def test_baked_words_are_read_behind_our_own(tmp_path: Path, dictionaries: Path) -> None:
    """
    A word that our lexicon lacks is found, in its other forms too and from both languages; ours stay as they are.
    """
    table = baked_path(tmp_path / "data")
    assert bake(table, dictionaries) == 3
    with table.open("a", encoding="utf-8") as opened:
        opened.write("cárcel\tdonkey\n")
    bridge = Bridge.load(table)

    english = Vocabulary.build(["hummer", "jail", "donkey"])
    assert [one.groups for one in bridge.translate(["zumbriques", "carcel"], "es", english)] == [
        (("hummer",),),
        (("jail",),),
    ]
    assert bridge.knows("buzzers", "en")
    assert not Bridge.load().knows("buzzers", "en")


def test_a_table_is_replaced_whole(tmp_path: Path, dictionaries: Path) -> None:
    """
    A second build leaves the new table and nothing else in the folder.
    """
    table = baked_path(tmp_path)
    bake(table, dictionaries)
    (dictionaries / "spa-eng.autobil.bin").write_text(printed(SPANISH[:1]), "utf-8")

    assert bake(table, dictionaries) == 2
    assert [path.name for path in table.parent.iterdir()] == [table.name]


@pytest.mark.parametrize("lost", ["spa-eng.autobil.bin", "eng-spa.autobil.bin"])
def test_missing_package_says_what_to_install(tmp_path: Path, dictionaries: Path, lost: str) -> None:
    """
    Without the dictionary there is one line with the package, and no table.
    """
    (dictionaries / lost).unlink()

    with pytest.raises(UsageError, match=rf"{lost} is not there.*apt-get install apertium-eng-spa lttoolbox-dev"):
        bake(baked_path(tmp_path), dictionaries)
    assert not baked_path(tmp_path).exists()


def test_missing_tool_says_what_to_install(tmp_path: Path, dictionaries: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The tool that reads the dictionary is another package, named too.
    """
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(UsageError, match=r"lt-print is not there.*lttoolbox-dev"):
        bake(baked_path(tmp_path), dictionaries)


def test_unreadable_dictionary_leaves_the_old_table(tmp_path: Path, dictionaries: Path) -> None:
    """
    A dictionary that the tool cannot print changes nothing.
    """
    table = baked_path(tmp_path)
    bake(table, dictionaries)
    before = table.read_bytes()
    (dictionaries / "spa-eng.autobil.bin").write_bytes(b"")

    with pytest.raises(UsageError, match="could not read"):
        bake(table, dictionaries)
    assert table.read_bytes() == before


@pytest.mark.skipif(not (shutil.which("lt-comp") and shutil.which("lt-print")), reason="needs lttoolbox-dev")
def test_a_compiled_dictionary_is_read(tmp_path: Path) -> None:
    """
    What the real compiler and the real printer make of an invented dictionary is read as it was written.
    """
    (tmp_path / "invented.dix").write_text(DIX, "utf-8")
    for direction, name in (("lr", "spa-eng.autobil.bin"), ("rl", "eng-spa.autobil.bin")):
        command = ["lt-comp", direction, str(tmp_path / "invented.dix"), str(tmp_path / name)]
        subprocess.run(command, check=True, capture_output=True)

    assert bake(baked_path(tmp_path), tmp_path) == 2
    assert baked_path(tmp_path).read_text("utf-8").splitlines()[1:] == ["trascolar\tseep through", "zumbrique\thummer"]
