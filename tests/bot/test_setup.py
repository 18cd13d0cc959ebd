"""The settings file: what an answer changes there, and that Settings reads back exactly what was answered."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.messages import catalog
from bot.settings import Settings
from bot.setup import (
    ASKED,
    accepts,
    changes,
    find_settings,
    is_open_to_others,
    overruled,
    read_text,
    rewritten,
    shown,
    values_in,
    variable_of,
    write_private,
)
from corpus.errors import OnRecordError, UsageError

TOKEN = "invented.token-of-nobody"
# What may stand in a file that somebody else wrote.
LINES = (
    "# a comment",
    "",
    "OTHER=1",
    "export OTHER_TOO='with # sign' # and a comment",
    'SEVERAL="first line',
    'second line"',
    "no equals sign",
    "onrecord_referral_en=before # old",
    "ONRECORD_REFERRAL_EN='twice'",
    "ONRECORD_SHARDS = 2",
)


@pytest.fixture(autouse=True, scope="module")
def no_settings() -> Iterator[None]:
    """No setting of this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.upper().startswith("ONRECORD_") or name == "DISCORD_TOKEN"]:
            patch.delenv(name)
        yield


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(**given: Any) -> Settings:
    """Settings of this file, or of these values."""
    settings: Any = Settings
    read: Settings = settings(**{"_env_file": None, **given})
    return read


def answered(text: str, **answers: str) -> str:
    """A file with this text after these answers."""
    return rewritten(text, changes(text, answers))


@pytest.mark.thorough
@given(
    typed=st.text(),
    name=st.sampled_from(["referral_en", "referral_es", "data_dir"]),
    lines=st.lists(st.sampled_from(LINES), max_size=6),
)
@example(typed="ends with \\", name="referral_en", lines=["LATER='a quote'"])
@example(typed="it's ${HOME} and $${A} and ${:-x}", name="referral_en", lines=[])
@example(typed="# no comment", name="referral_en", lines=[])
@example(typed="'\"`", name="data_dir", lines=[])
@example(typed="longer than a name may be " * 20, name="data_dir", lines=[])
@example(typed=" é # \u2028 \u00a0", name="referral_es", lines=[])
def test_whatever_is_typed_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, typed: str, name: str, lines: list[str]
) -> None:
    """
    What is typed is either refused, or Settings reads exactly that from the file, whatever else stands there.
    """
    if not accepts(name, typed):
        return
    file = tmp_path_factory.getbasetemp() / "property.env"
    write_private(answered("\n".join(lines), **{name: typed}), file)

    assert getattr(read(_env_file=file), name) == getattr(read(**{name: typed}), name)


@given(lines=st.lists(st.sampled_from(LINES), max_size=8), typed=st.sampled_from(["", "555-0100", "it's"]))
def test_other_lines_stay(lines: list[str], typed: str) -> None:
    """
    Every line that is not of the answer stays as it is, in its order, and the answer stands there once.
    """
    text = "\n".join(lines)
    after = answered(text, referral_en=typed)
    ours = "ONRECORD_REFERRAL_EN"

    others = {name: value for name, value in values_in(text).items() if name != ours}
    assert {name: value for name, value in values_in(after).items() if name != ours} == others
    assert values_in(after).get(ours, "") == typed
    kept = [line for line in text.splitlines() if ours not in line.upper()]
    assert [line for line in after.splitlines() if ours not in line.upper()][-len(kept) :] == kept or not text


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        # a value is replaced where it stands, with the comment behind it
        ("A=1\nONRECORD_SHARDS=1 # few\nB=2\n", {"shards": "3"}, "A=1\nONRECORD_SHARDS=3 # few\nB=2\n"),
        # an exported one stays exported; names have no case
        ("export onrecord_shards=1\n", {"shards": "3"}, "export ONRECORD_SHARDS=3\n"),
        # one that is new comes last, also behind a line without an end
        ("A=1", {"shards": "3"}, "A=1\nONRECORD_SHARDS=3\n"),
        # twice becomes once
        ("ONRECORD_SHARDS=1\nA=1\nONRECORD_SHARDS=2\n", {"shards": "3"}, "ONRECORD_SHARDS=3\nA=1\n"),
        # quotes and blank lines of the old value
        ("A=1\n\n\nONRECORD_REFERRAL_EN='it\\'s # this'\n", {"referral_en": "x"}, "A=1\n\n\nONRECORD_REFERRAL_EN=x\n"),
        # what is the same already is left alone, however it is written
        ("ONRECORD_REFERRAL_EN = \"a b\" # so\n", {"referral_en": "a b"}, "ONRECORD_REFERRAL_EN = \"a b\" # so\n"),
        ("A=1\n", {"referral_en": ""}, "A=1\n"),
    ],
)  # fmt: skip
def test_lines_are_kept(text: str, answers: dict[str, str], expected: str) -> None:
    """
    Only what an answer changes is another line afterwards.
    """
    assert answered(text, **answers) == expected


def test_open_quote_is_refused() -> None:
    """
    A quotation mark that is never closed would swallow the answer: its line is named, and nothing is written.
    """
    text = "A=1\nBROKEN='never closed\nB=2\n"

    with pytest.raises(UsageError, match=r"^\.env has a quotation mark that is never closed \(line 2\)"):
        answered(text, referral_en="it's")
    assert answered(text, shards="3") == f"{text}ONRECORD_SHARDS=3\n"


def test_new_file_says_what_it_is() -> None:
    """
    A new file begins with a comment and has every answer, empty ones too, to be filled in later.
    """
    lines = answered("", server_ids="12,34", referral_en="").splitlines()

    assert lines[0].startswith("# ")
    assert lines[1:] == ["ONRECORD_SERVER_IDS=12,34", "ONRECORD_REFERRAL_EN="]


@pytest.mark.parametrize(
    ("name", "typed", "fits"),
    [
        ("server_ids", "12, 34", True),
        ("server_ids", "", True),
        ("server_ids", "valley", False),
        ("server_ids", "0", False),
        ("moderator_channel_id", "12", True),
        ("moderator_channel_id", "12,13", False),
        ("referral_en", "x" * 300, True),
        ("referral_en", "x" * 301, False),
        ("referral_en", "two\nlines", False),
        ("referral_en", "\x1b[2J", False),
        ("referral_en", "\udc80", False),  # a byte that is no text
        ("public_replies", "true", True),
        ("public_replies", "perhaps", False),
        ("discord_token", TOKEN, True),
        ("discord_token", "a token", False),
    ],
)
def test_answers_are_checked(name: str, typed: str, fits: bool) -> None:
    """
    An answer that would be a bad setting, or that no line of a file can hold, is refused when it is typed.
    """
    assert accepts(name, typed) is fits


def test_file_is_its_owners_alone(folder: Path) -> None:
    """
    The file is readable by its owner alone, also where it was open before, and nothing else is left beside it.
    """
    file = folder / ".env"
    file.write_text("A=1\n", "utf-8")
    file.chmod(0o644)
    assert is_open_to_others()

    write_private("A=2\n")

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not is_open_to_others()
    assert [path.name for path in folder.iterdir()] == [".env"]


def test_link_stays_a_link(folder: Path) -> None:
    """
    Where `.env` is a link, what it points to is written.
    """
    (folder / "elsewhere").mkdir()
    (folder / ".env").symlink_to(folder / "elsewhere" / "settings")

    write_private("A=1\n")

    assert (folder / ".env").is_symlink()
    assert (folder / "elsewhere" / "settings").read_text("utf-8") == "A=1\n"


def test_failure_leaves_what_was_there(folder: Path) -> None:
    """
    A file that cannot be replaced stays, nothing half-written is left, and one line says why.
    """
    (folder / ".env").mkdir()

    with pytest.raises(OnRecordError, match=r"cannot be written .* Nothing was changed") as refused:
        write_private("A=1\n")

    assert "\n" not in str(refused.value)
    assert [path.name for path in folder.iterdir()] == [".env"]


def test_file_that_is_no_text(folder: Path) -> None:
    """
    A settings file that is no text is not overwritten.
    """
    (folder / ".env").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(UsageError, match=r"\.env is no UTF-8 text"):
        read_text()


def test_good_settings_hold_beside_bad_ones(folder: Path) -> None:
    """
    A bad setting is named and has its default; the others are as they were set.
    """
    (folder / ".env").write_text("ONRECORD_SHARDS=many\nONRECORD_SERVER_IDS=12\nDISCORD_TOKEN=a.b\n", "utf-8")

    found = find_settings()

    assert (found.bad, found.unreadable) == (("shards",), None)
    assert (found.settings.shards, found.settings.server_ids) == (1, {12})


def test_environment_wins_and_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    An answer that the environment sets otherwise has no effect, which is said; one that is the same is not named.
    """
    monkeypatch.setenv("ONRECORD_SERVER_IDS", "99")
    monkeypatch.setenv("ONRECORD_SHARDS", "2")
    answers = {"server_ids": "12", "shards": "2", "referral_en": "x"}
    write_private(answered("", **answers))

    assert overruled(answers) == ["ONRECORD_SERVER_IDS"]


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("DISCORD_TOKEN", TOKEN, "…"),
        ("DISCORD_TOKEN", "", ""),
        ("ONRECORD_REFERRAL_EN", "Call 555-0100.", "Call 555-0100."),
        ("ONRECORD_REFERRAL_EN", "x" * 24 + "." + "y" * 6 + "." + "z" * 27, "…"),  # pasted into the wrong line
        ("ONRECORD_SERVER_IDS", "12,34", "12,34"),
    ],
)
def test_tokens_are_not_shown(variable: str, value: str, expected: str) -> None:
    """
    Whatever looks like a token is not printed, on whichever line it stands.
    """
    assert shown(variable, value) == expected


def test_every_setting_has_its_words() -> None:
    """
    What a setting should be, and what is asked for it, is said in both languages.
    """
    said = catalog("en").keys() & catalog("es").keys()

    assert {f"setting_{name}" for name in Settings.model_fields} <= said
    assert {f"setup_ask_{name.removeprefix('discord_')}" for name in ASKED} <= said
    assert variable_of("discord_token") == "DISCORD_TOKEN"
