"""`onrecord init`: typed on a terminal or given as options, checked with a Discord on loopback, written to `.env`."""

from __future__ import annotations

import asyncio
import os
import pty
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from discord_server.running import bare_environment, bot_process, launch_line, run_command
from discord_server.server import DiscordServer
from discord_server.state import TOKEN
from terminal import Printed, Terminal, files_below

from bot.settings import Settings

INVITE = "https://discord.com/oauth2/authorize?client_id=9000&scope=bot+applications.commands&permissions=274878008320"
_PATIENCE_S = 60  # on a busy machine


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """A Discord to which nobody is connected."""
    async with DiscordServer() as server:
        yield server
    assert server.violations == []
    assert server.identifications == 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working directory with the token in a file."""
    (tmp_path / "token").write_text(f"{TOKEN}\n", "utf-8")
    return tmp_path


async def init(server: DiscordServer, folder: Path, *options: str, **more: str) -> Printed:
    """`onrecord init` with these options, where nobody can be asked."""
    env = {"ONRECORD_DATA_DIR": str(folder / "data"), **more}
    return await run_command(server, folder, "init", *options, env=env)


def settings_in(folder: Path) -> Settings:
    """What the settings file says."""
    return Settings(_env_file=folder / ".env")  # type: ignore[call-arg]


@pytest.mark.thorough
async def test_every_answer_is_an_option(server: DiscordServer, folder: Path) -> None:
    """
    Without a terminal options answer everything: the file has them, the commands are registered, the doctor ends it.
    """
    text = "Legal help: 555-0100, “free” & it's open"
    printed = await run_command(
        server,
        folder,
        *("init", "--token-file", "token", "--server", "1000", "--server", "1100", "--moderator-role", "4000"),
        *("--moderator", "7003", "--moderator-channel", "2002", "--referral-en", text, "--referral-es", "«Ayuda» # 1"),
        *("--public-replies", "--data-dir", " my  record", "--register"),
    )
    settings = settings_in(folder)

    assert (printed.status, printed.err) == (0, "")
    assert (settings.server_ids, settings.moderator_role_ids, settings.moderator_ids) == ({1000, 1100}, {4000}, {7003})
    assert (settings.moderator_channel_id, settings.public_replies) == (2002, True)
    assert (settings.referral_en, settings.referral_es) == (text, "«Ayuda» # 1")
    assert settings.data_dir == Path("my  record")
    assert stat.S_IMODE((folder / ".env").stat().st_mode) == 0o600
    assert len(server.syncs) == 1
    assert INVITE in printed.out
    assert "ok     Discord has the commands of this version" in printed.out
    assert "Nothing fails." in printed.out
    assert TOKEN not in printed.out
    assert files_below(folder).keys() == {".env", "token"}


@pytest.mark.thorough
async def test_what_is_not_answered_stays(server: DiscordServer, folder: Path) -> None:
    """
    A second set-up says what it changes, changes nothing else, and keeps what it does not know; the token is not shown.
    """
    before = f"# mine\nOTHER=1\nDISCORD_TOKEN={TOKEN}\nONRECORD_SERVER_IDS=7 # old\nONRECORD_REFERRAL_EN='a b'\n"
    (folder / ".env").write_text(before, "utf-8")

    printed = await init(server, folder, "--server", "1000", "--private-replies")

    assert printed.status == 0
    assert (folder / ".env").read_text("utf-8") == (
        before.replace("=7 # old", "=1000 # old") + "ONRECORD_PUBLIC_REPLIES=false\n"
    )
    assert "ONRECORD_SERVER_IDS: “7” → “1000”" in printed.out
    assert "REFERRAL" not in printed.out
    assert TOKEN not in printed.out
    assert server.syncs == []


@pytest.mark.thorough
async def test_another_token_is_not_shown(server: DiscordServer, folder: Path) -> None:
    """
    That the token changes is said; neither the old one nor the new one is.
    """
    (folder / ".env").write_text("DISCORD_TOKEN=old.invented-one\n", "utf-8")

    printed = await init(server, folder, "--token-file", "token")

    assert "DISCORD_TOKEN: “…” → “…”" in printed.out
    assert "old.invented-one" not in printed.out + printed.err
    assert TOKEN not in printed.out + printed.err
    assert settings_in(folder).discord_token is not None


@pytest.mark.parametrize(
    ("options", "token", "said"),
    [
        ((), "", "There is no token. Copy the bot's token from Discord's developer portal"),
        (("--locale", "es"), "", "No hay token. Copie el token del bot"),
        (("--token-file", "missing"), "", "--token-file missing cannot be read."),
        ((), "two words", "This is no token: it holds characters"),
        (("--server", "valley"), TOKEN, "ONRECORD_SERVER_IDS should be ids of servers"),
        (("--referral-en", "x" * 301), TOKEN, "ONRECORD_REFERRAL_EN should be one line of at most 300 characters."),
        (("--referral-es", "dos\nlíneas"), TOKEN, "ONRECORD_REFERRAL_ES should be one line"),
        (("--data-dir", "token"), TOKEN, "ONRECORD_DATA_DIR should be a folder."),
        (("--token", "secret.one"), TOKEN, "onrecord init has no such option."),
    ],
)
def test_bad_answers_end_it(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], token: str, said: str
) -> None:
    """
    A missing or a bad answer, where nobody can be asked: one line, status 2, and no file is written.
    """
    monkeypatch.setenv("DISCORD_TOKEN", token)
    terminal.file("token", TOKEN)
    printed = terminal.run("init", *options)

    assert (printed.status, printed.out) == (2, "")
    assert printed.err.startswith(said)
    assert printed.err.count("\n") == 1
    assert "secret.one" not in printed.err
    assert not (terminal.folder / ".env").exists()


@pytest.mark.thorough
async def test_refused_token_ends_it(server: DiscordServer, folder: Path) -> None:
    """
    A token that Discord does not take is said in one line, and no file is written.
    """
    printed = await init(server, folder, DISCORD_TOKEN="other.token")

    assert (printed.status, printed.out) == (2, "")
    assert printed.err == "Discord refuses the token. Reset it in the developer portal and copy it again.\n"
    assert not (folder / ".env").exists()


@pytest.mark.thorough
async def test_discord_out_of_reach(server: DiscordServer, folder: Path) -> None:
    """
    Where Discord cannot be asked whose token it is, nothing is written, and the status is 1.
    """
    server.address = "127.0.0.1:9"

    printed = await init(server, folder, "--token-file", "token")

    assert (printed.status, printed.out, printed.err.count("\n")) == (1, "", 1)
    assert printed.err.startswith("Discord cannot be reached (ClientConnectorError). Check the connection")
    assert not (folder / ".env").exists()


@pytest.mark.thorough
async def test_token_from_standard_input(server: DiscordServer, folder: Path) -> None:
    """
    A token may come through a pipe, and one that is set in the environment is not copied into the file.
    """
    piped = await run_command(server, folder, "init", "--token-file", "-", given=f"{TOKEN}\n")
    assert (piped.status, settings_in(folder).discord_token is None) == (0, False)

    (folder / ".env").unlink()
    set_outside = await init(server, folder, "--server", "1000", DISCORD_TOKEN=TOKEN)
    assert set_outside.status == 0
    assert "DISCORD_TOKEN" not in (folder / ".env").read_text("utf-8")


class Typist:
    """Somebody at a terminal: reads until a question comes, and types."""

    def __init__(self, terminal: int) -> None:
        self.seen = ""
        self._terminal, self._answered = terminal, 0

    async def answer(self, question: str, typed: str) -> None:
        """Wait for a question, and answer it."""
        await self._until(question)
        os.write(self._terminal, f"{typed}\n".encode())

    async def _until(self, words: str) -> None:
        async with asyncio.timeout(_PATIENCE_S):
            while (place := self.seen.find(words, self._answered)) < 0:
                assert await self._read(), f"{words!r} never came: {self.seen[-500:]}"
        self._answered = place + len(words)

    async def read_on(self) -> None:
        """Read to the end."""
        async with asyncio.timeout(_PATIENCE_S):
            while await self._read():
                pass

    async def _read(self) -> bool:
        try:
            data = await asyncio.to_thread(os.read, self._terminal, 65536)
        except OSError:
            # So Linux says that nobody writes any more.
            return False
        self.seen += data.decode()
        return bool(data)


@asynccontextmanager
async def typing_to(server: DiscordServer, folder: Path, *options: str) -> AsyncIterator[Typist]:
    """`onrecord init` on a terminal; in the end it has ended well."""
    ours, theirs = pty.openpty()
    try:
        process = await asyncio.create_subprocess_exec(
            *launch_line(server, "init", *options),
            cwd=folder,
            env=bare_environment({"TERM": "dumb", "HOME": str(folder)}),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        typist = Typist(ours)
        try:
            yield typist
            await typist.read_on()
            assert await process.wait() == 0, typist.seen
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    finally:
        os.close(ours)


@pytest.mark.thorough
async def test_questions_on_a_terminal(server: DiscordServer, folder: Path) -> None:
    """
    Asked on a terminal: a bad answer is asked again, the token is never shown, what there is to choose from is listed.
    """
    async with typing_to(server, folder) as typist:
        await typist.answer("English [en] / Español [es]", "")
        await typist.answer("Bot token", "no token at all")
        await typist.answer("Bot token", TOKEN)
        await typist.answer("with commas; empty: all, and nobody moderates", "valley")
        await typist.answer("with commas; empty: all, and nobody moderates", "1000")
        await typist.answer("roles that may change", "4000")
        await typist.answer("members who may", "")
        await typist.answer("moderators' channel", "2002")
        if "announce_channel_id" in Settings.model_fields:
            await typist.answer("announcements", "")
        await typist.answer("in English", "Call 555-0100 # any day")
        await typist.answer("in Spanish", "")
        await typist.answer("see the replies", "")
        await typist.answer("Folder for statements", "data")
        await typist.answer("Tell Discord the commands now?", "yes")
    settings = settings_in(folder)

    assert (settings.server_ids, settings.moderator_role_ids, settings.moderator_channel_id) == ({1000}, {4000}, 2002)
    assert (settings.referral_en, settings.referral_es, settings.public_replies) == (
        "Call 555-0100 # any day",
        "",
        False,
    )
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == TOKEN
    for shown in ("1000  Invented server", "4000  moderators", "2002  moderators", "This does not fit: ids of", INVITE):
        assert shown in typist.seen
    assert TOKEN not in typist.seen
    assert len(server.syncs) == 1


@pytest.mark.thorough
async def test_invitation_comes_first_in_spanish(server: DiscordServer, folder: Path) -> None:
    """
    In Spanish, with a bot that is in no server yet: the address comes before the questions, whose choice it opens.
    """
    server.member_of = []
    async with typing_to(server, folder, "--locale", "es", "--no-register") as typist:
        await typist.answer("Token del bot", TOKEN)
        await typist.answer("Presione enter", "")
        await typist.answer("vacío: en todos, y nadie modera", "")
        if "announce_channel_id" in Settings.model_fields:
            await typist.answer("anunciar", "")
        await typist.answer("en inglés", "")
        await typist.answer("en español", "Ayuda: 555-0101")
        await typist.answer("ven las respuestas", "sí")
        await typist.answer("Carpeta para", "-")
    settings = settings_in(folder)

    assert (settings.referral_es, settings.public_replies, settings.server_ids) == (
        "Ayuda: 555-0101",
        True,
        frozenset(),
    )
    assert typist.seen.index(INVITE) < typist.seen.index("Presione enter")
    assert "Ids de los roles" not in typist.seen
    assert "falla  El bot no está en ningún servidor." in typist.seen
    assert server.syncs == []


@pytest.mark.thorough
async def test_changes_are_agreed_to(server: DiscordServer, folder: Path) -> None:
    """
    On a terminal an existing file is changed only when somebody agrees to what would change.
    """
    before = f"DISCORD_TOKEN={TOKEN}\nONRECORD_REFERRAL_EN='old words'\n"
    (folder / ".env").write_text(before, "utf-8")
    options = ("--locale", "en", "--server", "", "--announce-channel", "", "--referral-es", "", "--data-dir", "")
    async with typing_to(server, folder, *options, "--private-replies") as typist:
        await typist.answer("enter keeps the one that is set", "")
        await typist.answer("in English [old words]", "new words")
        await typist.answer("Write these changes?", "no")

    assert "ONRECORD_REFERRAL_EN: “old words” → “new words”" in typist.seen
    assert "Nothing was changed." in typist.seen
    assert (folder / ".env").read_text("utf-8") == before


@pytest.mark.thorough
async def test_bot_warns_of_an_open_file(folder: Path) -> None:
    """
    The running bot says in one line of its log that others can read the file with the token, and how to end that.
    """
    (folder / ".env").write_text("ONRECORD_LOG_LEVEL=INFO\n", "utf-8")
    (folder / ".env").chmod(0o644)
    async with DiscordServer() as server, bot_process(server, folder) as bot:
        await server.until(lambda: server.identifications, _PATIENCE_S)
        written = bot.written()

    assert written.count("chmod 600 .env") == 1
    assert TOKEN not in written
