"""
The only reader of the environment: every setting, checked once at the edge and passed down.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from corpus.errors import UsageError

Ids = Annotated[frozenset[int], NoDecode]


def _data_dir() -> Path:
    return Path(platformdirs.user_data_dir("onrecord", appauthor=False))


class Settings(BaseSettings):
    """
    Settings from the environment, or `.env` in the working directory. `.env.example` has a line on each.

    Lists are written with commas. An empty value is as if it were not set.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True, populate_by_name=True
    )

    discord_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN")
    data_dir: Path = Field(default_factory=_data_dir, validation_alias="ONRECORD_DATA_DIR")
    server_ids: Ids = Field(default=frozenset(), validation_alias="ONRECORD_SERVER_IDS")
    public_replies: bool = Field(default=False, validation_alias="ONRECORD_PUBLIC_REPLIES")
    referral_en: str = Field(default="", max_length=300, validation_alias="ONRECORD_REFERRAL_EN")
    referral_es: str = Field(default="", max_length=300, validation_alias="ONRECORD_REFERRAL_ES")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", validation_alias="ONRECORD_LOG_LEVEL")

    @field_validator("server_ids", mode="before")
    @classmethod
    def _split_ids(cls, value: Any) -> Any:
        if isinstance(value, str):
            return frozenset(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value


def load_settings() -> Settings:
    """
    Read the settings, or name every bad one at once.

    Raises:
        UsageError: One line; the values of secrets are never in it.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise UsageError("; ".join(_explain(problem) for problem in error.errors())) from None


def _explain(problem: Any) -> str:
    name = str(problem["loc"][0]) if problem["loc"] else "setting"
    shown = "" if name == "DISCORD_TOKEN" else f"={str(problem['input'])[:60]}"
    return f"{name}{shown}: {problem['msg'][0].lower()}{problem['msg'][1:]}. See .env.example"
