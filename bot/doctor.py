"""
Whether everything is as it has to be: settings, files, record, index; one check a line, with what to do next.

What only Discord can tell is in `bot/chat/checkup.py`.
"""

from __future__ import annotations

import platform
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from importlib import metadata, util
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from bot.messages import say
from bot.settings import Settings
from bot.setup import ENV_FILE, SettingsFound, find_settings, is_open_to_others, is_token, variable_of
from corpus.errors import OnRecordError
from corpus.store import Store
from corpus.store.condition import schema_of, writer_of
from corpus.store.database import SCHEMA

if TYPE_CHECKING:
    from retrieval.models import Language

_ROOT = Path(__file__).parents[1]
# What is read beside the code; a package that was built wrongly lacks it.
_SHIPPED = (
    *("bot/locales/en.toml", "bot/locales/es.toml", "retrieval/confidence.json", "corpus/store/schema.sql"),
    *(f"retrieval/lexicon/{name}.tsv" for name in ("words", "phrases", "forms", "synonyms")),
    *(f"retrieval/stopwords/{name}.txt" for name in ("en", "es", "asking")),
    "corpus/sample/statements",
)
_EXTRAS = {"chart": "matplotlib", "fast": "numba"}
_MIB = 2**20
# One page or file may be so large (CONTRACT, "Limits"), and is written before it is known how much it adds.
_LEAST_FREE = 64 * _MIB
_NAMED = 3  # failing sources in one line


Values = Mapping[str, str | int]


class Check(NamedTuple):
    """
    One thing that was looked at.

    Attributes:
        check: What.
        state: `warn` is worth a look, `fail` keeps something from working.
        key: The sentence of the catalog that says how it is and what to do next.
        values: Its placeholders.
        words: Those that are sentences of the catalog themselves, by key.
    """

    check: str
    state: Literal["ok", "warn", "fail"]
    key: str
    values: Values = MappingProxyType({})
    words: Mapping[str, str] = MappingProxyType({})

    def said(self, locale: Language) -> str:
        """The sentence in this language, in one line."""
        words = {name: say(key, locale) for name, key in self.words.items()}
        return " ".join(say(self.key, locale, **self.values, **words).split())


def examine() -> Iterator[Check]:
    """Every check that needs no network, in the order in which things build on each other."""
    found = find_settings()
    yield _versions()
    yield check_shipped(_ROOT)
    yield from map(_extra, _EXTRAS)
    yield from _settings(found)
    yield _env_file(found)
    # Of another folder than the one that is meant, nothing can be said.
    if found.unreadable is None and "data_dir" not in found.bad:
        folder = found.settings.data_dir.absolute()
        yield from _folder(folder)
        yield _lock(folder)
        yield from _record(folder)


def _versions() -> Check:
    try:
        own, wanted = metadata.version("onrecord"), metadata.requires("onrecord") or []
    except metadata.PackageNotFoundError:
        own, wanted = "?", []
    names = [match[0] for one in wanted if "extra ==" not in one and (match := re.match(r"[\w.-]+", one))]
    missing = [name for name in names if _version(name) is None]
    if missing:
        return Check("versions", "fail", "doctor_packages_missing", {"names": ", ".join(missing)})
    versions = {"python": platform.python_version(), "own": own, "discord": _version("discord.py") or "?"}
    return Check("versions", "ok", "doctor_versions", {**versions, "count": len(names)})


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def check_shipped(root: Path) -> Check:
    """Whether the files that are read beside the code are below this folder of packages."""
    missing = [name for name in _SHIPPED if not _has_content(root / name)]
    if missing:
        return Check("shipped", "fail", "doctor_shipped_missing", {"names": ", ".join(missing)})
    return Check("shipped", "ok", "doctor_shipped")


def _has_content(path: Path) -> bool:
    return any(path.iterdir()) if path.is_dir() else path.is_file() and path.stat().st_size > 0


def _extra(name: str) -> Check:
    there = util.find_spec(_EXTRAS[name]) is not None
    return Check(name, "ok", f"doctor_extra_{name}" if there else f"doctor_no_extra_{name}")


def _settings(found: SettingsFound) -> Iterator[Check]:
    settings = found.settings
    for name in found.bad:
        values = {"variable": variable_of(name) if name in Settings.model_fields else name.upper()}
        yield Check("settings", "fail", "doctor_setting_bad", values, {"should": f"setting_{name}"})
    if not found.bad:
        yield Check("settings", "ok", "doctor_settings")
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    if not token:
        yield Check("token", "warn", "doctor_token_missing")
    elif not is_token(token):
        yield Check("token", "fail", "doctor_token_odd")
    yield _moderators(settings)


def _moderators(settings: Settings) -> Check:
    if not settings.server_ids:
        return Check("moderators", "warn", "doctor_no_servers")
    if not settings.moderator_role_ids and not settings.moderator_ids:
        return Check("moderators", "warn", "doctor_no_moderators")
    if settings.moderator_channel_id is None:
        return Check("moderators", "warn", "doctor_no_channel")
    counts = {"roles": len(settings.moderator_role_ids), "members": len(settings.moderator_ids)}
    return Check("moderators", "ok", "doctor_moderators", counts)


def _env_file(found: SettingsFound) -> Check:
    if found.unreadable is not None:
        return Check("env_file", "fail", "doctor_env_unreadable", {"reason": found.unreadable})
    if not ENV_FILE.exists():
        return Check("env_file", "ok", "doctor_env_none")
    if is_open_to_others(ENV_FILE):
        return Check("env_file", "warn", "doctor_env_open", {"file": str(ENV_FILE)})
    return Check("env_file", "ok", "doctor_env")


def _folder(folder: Path) -> Iterator[Check]:
    # A folder that is made with the first statement: what counts is where.
    place = next(one for one in (folder, *folder.parents) if one.exists())
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"0" * 4096)
            file.flush()
    except OSError as error:
        values = {"folder": str(folder), "reason": error.strerror or type(error).__name__}
        yield Check("data_dir", "fail", "doctor_folder_closed", values)
        return
    yield Check("data_dir", "ok", "doctor_folder", {"folder": str(folder)})
    free, used = shutil.disk_usage(place).free, _size(folder)
    # The index of the next generation is built beside the live one.
    little = free < max(_LEAST_FREE, used)
    sizes: Values = {"free": free // _MIB, "used": -(-used // _MIB), "folder": str(folder)}
    yield Check("space", "warn" if little else "ok", "doctor_space_little" if little else "doctor_space", sizes)


def _size(folder: Path) -> int:
    """Bytes in a folder; files that go away meanwhile count nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size
        except OSError:
            continue
    return total


def _lock(folder: Path) -> Check:
    holder = writer_of(folder)
    if holder is None:
        return Check("lock", "ok", "doctor_lock_free")
    since = f"{holder.since:%Y-%m-%d %H:%M:%S} UTC"
    return Check("lock", "warn", "doctor_lock_held", {"process": holder.process, "since": since})


def _record(folder: Path) -> Iterator[Check]:
    try:
        if not Store.exists(folder):
            yield Check("record", "warn", "doctor_record_empty")
            return
        schema = schema_of(folder)
        if schema < SCHEMA:
            # Opening it as usual would bring it up, and looking changes nothing.
            yield Check("record", "warn", "doctor_record_older", {"schema": schema, "today": SCHEMA})
            return
        with Store(folder) as store, store.reading():
            yield from _stored(store, schema)
    except OnRecordError as error:
        yield Check("record", "fail", "doctor_record_broken", {"reason": str(error)})


def _stored(store: Store, schema: int) -> Iterator[Check]:
    generation, (statements, _) = store.generation, store.count()
    if not generation:
        yield Check("record", "warn", "doctor_record_empty")
        return
    values = {"count": statements, "generation": generation, "schema": schema}
    yield Check("record", "ok" if statements else "warn", "doctor_record", values)
    yield _index(store, statements)
    sources = store.sources()
    failing = [f"{source.locator} ({source.code})" for source in sources if source.code]
    if failing:
        shown = ", ".join(failing[:_NAMED]) + (" …" if len(failing) > _NAMED else "")
        several: Values = {"count": len(failing), "all": len(sources), "names": shown}
        yield Check("sources", "warn", "doctor_sources_failing", several)
    else:
        yield Check("sources", "ok", "doctor_sources", {"count": len(sources)})


def _index(store: Store, statements: int) -> Check:
    """As cheap as opening the files: how many statements there are, not what is in them."""
    from retrieval.structures import StoredStructures

    try:
        structures = StoredStructures(store.index_dir, store.manifest or "", str(store.generation))
        indexed = len(structures.shingles)
    except OnRecordError as error:
        return Check("index", "fail", "doctor_index_broken", {"reason": str(error)})
    if indexed != statements:
        return Check("index", "fail", "doctor_index_differs", {"indexed": indexed, "count": statements})
    return Check("index", "ok", "doctor_index", {"count": indexed})
