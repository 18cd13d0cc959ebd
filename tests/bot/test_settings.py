"""Settings: from the environment or `.env`, checked at once, and never printed."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.settings import Settings, load_settings
from corpus.errors import UsageError

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and no settings in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("ONRECORD_") or name == "DISCORD_TOKEN":
            monkeypatch.delenv(name)
    return tmp_path


def variables() -> set[str]:
    """The environment variable of every setting."""
    return {str(field.validation_alias or f"ONRECORD_{name}").upper() for name, field in Settings.model_fields.items()}


def test_nothing_needs_to_be_set() -> None:
    """
    Without any setting statements are kept in the user's data directory, every server is served, replies are private.
    """
    settings = load_settings()

    assert settings.data_dir.name == "onrecord"
    assert (settings.discord_token, settings.server_ids, settings.public_replies) == (None, frozenset(), False)
    assert (settings.referral_en, settings.referral_es, settings.log_level) == ("", "", "INFO")


@pytest.mark.parametrize(
    ("variable", "value", "name", "expected"),
    [
        ("ONRECORD_SERVER_IDS", "12,34", "server_ids", {12, 34}),
        ("ONRECORD_SERVER_IDS", " 12 , 34 ,", "server_ids", {12, 34}),
        ("ONRECORD_SERVER_IDS", "", "server_ids", set()),
        ("ONRECORD_MODERATOR_ROLE_IDS", "12,34", "moderator_role_ids", {12, 34}),
        ("ONRECORD_MODERATOR_IDS", "12", "moderator_ids", {12}),
        ("ONRECORD_PUBLIC_REPLIES", "true", "public_replies", True),
        ("ONRECORD_PUBLIC_REPLIES", "Yes", "public_replies", True),
        ("ONRECORD_PUBLIC_REPLIES", "0", "public_replies", False),
        ("ONRECORD_PUBLIC_REPLIES", "", "public_replies", False),
        ("ONRECORD_PUBLIC_REPLIES", " ", "public_replies", False),
        ("ONRECORD_MODERATOR_CHANNEL_ID", "12", "moderator_channel_id", 12),
        ("ONRECORD_MODERATOR_CHANNEL_ID", "", "moderator_channel_id", None),
        ("ONRECORD_ANNOUNCE_CHANNEL_ID", "12", "announce_channel_id", 12),
        ("ONRECORD_SHARDS", "4", "shards", 4),
        ("ONRECORD_LOG_LEVEL", "debug", "log_level", "DEBUG"),
        ("ONRECORD_LOG_LEVEL", "", "log_level", "INFO"),
        ("ONRECORD_LOG_FORMAT", "JSON", "log_format", "json"),
        ("ONRECORD_LOG_FORMAT", "", "log_format", "text"),
        ("ONRECORD_HTTP_PORT", "9464", "http_port", 9464),
        ("ONRECORD_HTTP_PORT", "", "http_port", None),
        ("ONRECORD_REFERRAL_EN", " Call the valley line. ", "referral_en", "Call the valley line."),
        ("ONRECORD_DATA_DIR", "~/record", "data_dir", Path("~/record").expanduser()),
        ("ONRECORD_DATA_DIR", "record", "data_dir", Path("record")),
        (
            "ONRECORD_ALLOWED_HOSTS",
            "Intranet.example:8080, [::1]:80,",
            "allowed_hosts",
            {"intranet.example:8080", "[::1]:80"},
        ),
        ("ONRECORD_ALLOWED_HOSTS", "", "allowed_hosts", set()),
        ("ONRECORD_PUBLIC_URL", "https://record.example/", "public_url", "https://record.example"),
        ("ONRECORD_PUBLIC_URL", "http://localhost:8000/a b/", "public_url", "http://localhost:8000/a%20b"),
        ("ONRECORD_PUBLIC_URL", "", "public_url", ""),
        ("ONRECORD_HOST_DELAY", "0.2", "host_delay", 0.2),
        ("ONRECORD_HOST_DELAY", "", "host_delay", 1.0),
        ("LOG_LEVEL", "LOUD", "log_level", "INFO"),  # another program's setting
        ("SERVER_IDS", "12", "server_ids", set()),
    ],
)
def test_values(monkeypatch: pytest.MonkeyPatch, variable: str, value: str, name: str, expected: object) -> None:
    """
    Values are read with white space around them and in any case; an empty one is as if it were not set.
    """
    monkeypatch.setenv(variable, value)

    assert getattr(load_settings(), name) == expected


def test_env_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    `.env` in the working directory is read; the environment wins over it, but not with an empty value.
    """
    (folder / ".env").write_text(
        "DISCORD_TOKEN=abc.def\nONRECORD_SERVER_IDS=1,2\nONRECORD_LOG_LEVEL=ERROR\nONRECORD_REFERRAL_ES=«Sí»\n", "utf-8"
    )
    monkeypatch.setenv("ONRECORD_SERVER_IDS", "3")
    monkeypatch.setenv("ONRECORD_LOG_LEVEL", "")

    settings = load_settings()

    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == "abc.def"
    assert (settings.server_ids, settings.log_level, settings.referral_es) == ({3}, "ERROR", "«Sí»")


def test_every_bad_setting_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    One line names every bad setting and what it should be, wherever it was set.
    """
    (folder / "file.txt").touch()
    (folder / ".env").write_text("ONRECORD_PUBLIC_REPLIES=perhaps\nONRECORD_LOG_LEVEL=LOUD\n", "utf-8")
    monkeypatch.setenv("ONRECORD_SERVER_IDS", "12, valley, 0")
    monkeypatch.setenv("ONRECORD_DATA_DIR", "file.txt")

    with pytest.raises(UsageError) as refused:
        load_settings()

    assert set(re.findall(r"ONRECORD_\w+", str(refused.value))) == {
        *("ONRECORD_PUBLIC_REPLIES", "ONRECORD_LOG_LEVEL", "ONRECORD_SERVER_IDS", "ONRECORD_DATA_DIR")
    }
    assert "ONRECORD_PUBLIC_REPLIES should be true or false" in str(refused.value)
    assert str(refused.value).count("ONRECORD_SERVER_IDS") == 1
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ONRECORD_HTTP_PORT", "0"),
        ("ONRECORD_HTTP_PORT", "65536"),
        ("ONRECORD_HTTP_PORT", "0.0.0.0:9464"),
        ("ONRECORD_LOG_FORMAT", "xml"),
        ("ONRECORD_DATA_DIR", "record" * 100),  # longer than a name may be
    ],
)
def test_bad_surroundings_are_refused(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    """
    What is no port of this machine, no format of a log and no name of a folder is named in one line.
    """
    monkeypatch.setenv(variable, value)

    with pytest.raises(UsageError, match=f"^{variable} should be "):
        load_settings()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ONRECORD_HOST_DELAY", "0.1"),  # impolite
        ("ONRECORD_HOST_DELAY", "nan"),
        ("ONRECORD_HOST_DELAY", "soon"),
        ("ONRECORD_ALLOWED_HOSTS", "intranet.example"),  # which port?
        ("ONRECORD_ALLOWED_HOSTS", "http://intranet.example:80"),
        ("ONRECORD_ALLOWED_HOSTS", "*:80"),
    ],
)
def test_bad_fetching_is_refused(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    """
    A pause that is too short and a host without its port are named, not guessed at.
    """
    monkeypatch.setenv(variable, value)

    with pytest.raises(UsageError, match=f"^{variable} should be "):
        load_settings()


@pytest.mark.parametrize(
    "value",
    [
        "record.example",
        "ftp://record.example",
        "javascript:alert(1)",
        "https://me:secret@record.example",
        "https://record.example/?page=",  # links are made by writing behind it
        "https://record.example/#top",
        "https://record.example/" + "r" * 200,  # Discord's buttons take no longer link
    ],
)
def test_no_plain_address_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """
    Where the public site stands is a plain address of the web, or the setting is named.
    """
    monkeypatch.setenv("ONRECORD_PUBLIC_URL", value)

    with pytest.raises(UsageError, match=r"^ONRECORD_PUBLIC_URL should be an address"):
        load_settings()


def test_no_value_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A token on the wrong line of `.env` is not printed, and a good one is in no repr.
    """
    monkeypatch.setenv("DISCORD_TOKEN", "secret.one")
    assert "secret" not in repr(load_settings())

    for variable in ("ONRECORD_SERVER_IDS", "ONRECORD_PUBLIC_REPLIES", "ONRECORD_LOG_LEVEL"):
        monkeypatch.setenv(variable, "secret.two")
    monkeypatch.setenv("ONRECORD_REFERRAL_EN", "secret" * 60)

    with pytest.raises(UsageError) as refused:
        load_settings()

    assert "secret" not in str(refused.value).lower()
    # Nothing to print with a chained traceback either.
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_env_file_of_bytes(folder: Path) -> None:
    """
    A `.env` that is no text is said in one line.
    """
    (folder / ".env").write_bytes(b"DISCORD_TOKEN=\xff\xfe\x00")

    with pytest.raises(UsageError, match=r"^\.env in this folder cannot be read: it is not UTF-8 text\.$"):
        load_settings()


def test_unknown_settings_are_ignored(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Settings that this version does not know are no errors, in the environment and in `.env`.
    """
    (folder / ".env").write_text("ONRECORD_OF_LATER=12\nOTHER_PROGRAM=x\n", "utf-8")
    monkeypatch.setenv("ONRECORD_OF_LATER", "anything")

    assert load_settings() == Settings()


def test_example_has_every_setting() -> None:
    """
    `.env.example` has each setting once, with a line that explains it, and copied as it stands it changes nothing.
    """
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    named = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]

    assert sorted(named) == sorted(variables())
    assert all(lines[place - 1].startswith(("#", "ONRECORD_")) for place, line in enumerate(lines) if "=" in line)
    settings = Settings(_env_file=ROOT / ".env.example")  # type: ignore[call-arg]
    assert settings == load_settings()
