"""
The only reader of the environment: every setting, checked once at the edge and passed down.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import Field, PositiveInt, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from corpus.errors import UsageError
from retrieval.fragments import web_address

Ids = Annotated[frozenset[PositiveInt], NoDecode]
Host = Annotated[str, Field(pattern=r"^(\[[0-9a-f:]+\]|[a-z0-9_.-]+):\d{1,5}$")]
Hosts = Annotated[frozenset[Host], NoDecode]
# Discord's link buttons take no more than 512 characters, with what stands behind it.
_MAX_URL_CHARS = 200
Line = Annotated[str, Field(max_length=300, description="one line of at most 300 characters")]


class Settings(BaseSettings):
    """
    Settings from the environment, or `.env` in the working directory. `.env.example` has a line on each.

    Lists are written with commas. An empty value is as if it were not set. A description says what a value should be,
    for the line that names a bad one.
    """

    # The prefix, and no aliases: by name alone a stray LOG_LEVEL of another program would be read.
    model_config = SettingsConfigDict(
        env_prefix="ONRECORD_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    discord_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN", description="a token")
    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("onrecord", appauthor=False)), description="a folder"
    )
    server_ids: Ids = Field(default=frozenset(), description="ids of servers: whole numbers with commas between them")
    moderator_role_ids: Ids = Field(
        default=frozenset(), description="ids of roles: whole numbers with commas between them"
    )
    moderator_ids: Ids = Field(
        default=frozenset(), description="ids of members: whole numbers with commas between them"
    )
    moderator_channel_id: PositiveInt | None = Field(default=None, description="the id of a channel: a whole number")
    announce_channel_id: PositiveInt | None = Field(default=None, description="the id of a channel: a whole number")
    public_replies: bool = Field(default=False, description="true or false")
    referral_en: Line = ""
    referral_es: Line = ""
    allowed_hosts: Hosts = Field(
        default=frozenset(), description="hosts with their ports (intranet.example:8080) and commas between them"
    )
    host_delay: float = Field(
        default=1.0, ge=0.2, le=3600, allow_inf_nan=False, description="seconds, from 0.2 to 3600"
    )
    public_url: str = Field(default="", description="an address of at most 200 characters, as https://record.example")
    shards: PositiveInt = Field(default=1, le=1000, description="a whole number from 1 to 1000")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="DEBUG, INFO, WARNING or ERROR"
    )
    log_format: Literal["text", "json"] = Field(default="text", description="text or json")
    http_port: PositiveInt | None = Field(default=None, le=65535, description="a port: a whole number up to 65535")

    @property
    def referrals(self) -> tuple[tuple[Literal["en", "es"], str], ...]:
        """Where to get legal help: locale and line, of those that are set."""
        lines: tuple[tuple[Literal["en", "es"], str], ...] = (("en", self.referral_en), ("es", self.referral_es))
        return tuple((locale, line) for locale, line in lines if line)

    def child_environment(self) -> dict[str, str]:
        """The environment of a process of this program that works on the same record; it needs no token."""
        code = os.pathsep.join(filter(None, [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH")]))
        own = {"ONRECORD_DATA_DIR": str(self.data_dir.absolute()), "PYTHONPATH": code}
        return {name: value for name, value in os.environ.items() if name != "DISCORD_TOKEN"} | own

    @model_validator(mode="before")
    @classmethod
    def _strip(cls, values: dict[str, Any]) -> dict[str, Any]:
        stripped = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
        return {name: value for name, value in stripped.items() if value != ""}

    @field_validator("server_ids", "moderator_role_ids", "moderator_ids", mode="before")
    @classmethod
    def _split_ids(cls, value: Any) -> Any:
        return frozenset(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: Any) -> Any:
        return frozenset(filter(None, map(str.strip, value.lower().split(",")))) if isinstance(value, str) else value

    @field_validator("public_url")
    @classmethod
    def _address(cls, value: str) -> str:
        """Without a slash at its end; links are made by writing behind it, so it has no query and no fragment."""
        address = web_address(value).rstrip("/")
        if value and (not address or len(address) > _MAX_URL_CHARS or set(address) & set("?#")):
            raise ValueError("no plain address")
        return address

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value

    @field_validator("log_format", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @field_validator("data_dir")
    @classmethod
    def _folder(cls, value: Path) -> Path:
        try:
            # In `.env` no shell does it.
            folder = value.expanduser()
            is_file = folder.is_file()
        except (RuntimeError, OSError) as error:
            raise ValueError(str(error)) from None
        if is_file:
            raise ValueError("a file")
        return folder


def load_settings() -> Settings:
    """
    Read the settings, or name every bad one at once.

    Raises:
        UsageError: One line. It never holds a value: any line of `.env` may have been filled with the token.
    """
    try:
        return Settings()
    except ValidationError as error:
        names = dict.fromkeys(str(problem["loc"][0]).lower() for problem in error.errors(include_input=False))
        raise UsageError(f"{'; '.join(map(_explain, names))}. .env.example has a line on each.") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(f".env in this folder cannot be read: {reason}.") from None


def _explain(name: str) -> str:
    field = Settings.model_fields.get(name)
    variable = name if field is None or field.validation_alias else f"ONRECORD_{name}"
    return f"{variable.upper()} should be {field.description if field else 'something else'}"
