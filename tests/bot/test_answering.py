"""The record in a process of its own: replies, deadlines, processes that die, and what is left of them."""

from __future__ import annotations

import datetime as dt
import logging
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from fakes_answering import BROKEN, open_and_die, open_obedient
from warm.starting import COLD

from bot.answering import Limits, ServiceProcess
from bot.settings import Settings
from corpus.errors import BadDateError, OnRecordError, StoreError
from corpus.store import Store
from retrieval.models import Answer, AskRequest

ROOT = Path(__file__).parents[2]
TODAY = dt.date(2026, 1, 1)
QUICK = Limits(look_s=0.02)
PATIENCE_S = 30.0


def started(data_dir: Path, limits: Limits = QUICK, open: Callable[[Path], object] = open_obedient) -> ServiceProcess:
    settings = Settings(_env_file=None, data_dir=data_dir)  # type: ignore[call-arg]
    return ServiceProcess(settings, limits, open)


@pytest.fixture(scope="module")
def shared_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of the shared process."""
    return tmp_path_factory.mktemp("shared")


@pytest.fixture(scope="module")
def shared(shared_dir: Path) -> Iterator[ServiceProcess]:
    """One process for the tests that leave it as it is."""
    with started(shared_dir) as service:
        yield service


def ask(service: ServiceProcess, question: str, **options: str) -> Answer:
    return service.ask(AskRequest.model_validate({"question": question, **options}), today=TODAY)


def in_thread(work: Callable[[], Answer]) -> Future[Answer]:
    """The answer that another thread is waiting for."""
    pool = ThreadPoolExecutor(1)
    answer = pool.submit(work)
    pool.shutdown(wait=False)
    return answer


def wait_until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.01)


def has_begun(data_dir: Path, name: str) -> bool:
    """Whether a process works on "await NAME"."""
    return any(path.name.startswith(f"{name} of ") for path in data_dir.iterdir())


def is_running(pid: int) -> bool:
    """Whether a process runs: what nobody has buried yet does not."""
    try:
        os.kill(pid, 0)
        return not Path("/proc/self").exists() or " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return False


def change(data_dir: Path) -> None:
    """Commit something, as another process does."""
    with Store.open(data_dir, create=True) as store, store.writing() as transaction:
        transaction.publish("{}", when=TODAY, by="test")


@pytest.mark.thorough
def test_everybody_gets_their_own_reply(shared: ServiceProcess) -> None:
    """
    However many ask at once, and in whatever order replies come, each gets the reply to their own question.
    """
    questions = [f"wait {number % 7 / 1000 + number / 1_000_000:.6f}" for number in range(200)]

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda question: ask(shared, question), questions))

    assert [answer.question for answer in answers] == questions


@pytest.mark.thorough
def test_slow_request_holds_up_nobody(shared: ServiceProcess, shared_dir: Path) -> None:
    """
    While one request takes long, another one is answered.
    """
    slow = in_thread(lambda: ask(shared, "await bell"))
    wait_until(lambda: has_begun(shared_dir, "bell"))

    assert ask(shared, "hello").question == "hello"
    assert not slow.done()
    (shared_dir / "bell").touch()
    assert slow.result(PATIENCE_S).question == "await bell"


def test_error_arrives_as_itself(shared: ServiceProcess) -> None:
    """
    What a request did wrong is told as without a process between.
    """
    with pytest.raises(BadDateError) as raised:
        ask(shared, "hello", since="last Febuary")

    assert (raised.value.words, str(raised.value)) == ("last Febuary", str(BadDateError("last Febuary")))


def test_unforeseen_error_has_no_words(shared: ServiceProcess, caplog: pytest.LogCaptureFixture) -> None:
    """
    An error that nobody foresaw is told and logged by type and place: its own text may repeat the question.
    """
    with pytest.raises(OnRecordError, match=r"ValueError at fakes_answering\.py") as raised:
        ask(shared, "break the lantern")

    assert "ValueError at fakes_answering.py" in caplog.text
    assert "lantern" not in f"{raised.value} {raised.value.__cause__} {raised.value.__context__} {caplog.text}"


def test_child_writes_nothing(shared: ServiceProcess, capfd: pytest.CaptureFixture[str]) -> None:
    """
    What a library prints or warns of in the child, with the question in it, reaches nobody.
    """
    ask(shared, "print the lantern")

    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_to_stop_are_for_the_parent(shared: ServiceProcess, number: signal.Signals) -> None:
    """
    Ctrl-C reaches every process of a terminal; the record goes on answering until the bot has finished.
    """
    pid = ask(shared, "hello").total

    os.kill(pid, number)

    assert ask(shared, "wait 0.05").total == pid


@pytest.mark.thorough
def test_call_has_a_deadline(tmp_path: Path) -> None:
    """
    Who waits too long is told so; what nobody waits for any longer is not worked on.
    """
    with started(tmp_path, QUICK._replace(answer_s=1.0)) as service:
        slow = [in_thread(lambda name=name: ask(service, f"await {name}")) for name in ("one", "two")]  # type: ignore[misc]
        wait_until(lambda: has_begun(tmp_path, "one") and has_begun(tmp_path, "two"))
        begun = time.monotonic()
        with pytest.raises(TimeoutError):
            ask(service, "touch late")
        took_s = time.monotonic() - begun

        assert all(isinstance(one.exception(), TimeoutError) for one in slow)
        for name in ("one", "two"):
            (tmp_path / name).touch()
        ask(service, "touch again")
    assert took_s < 2
    assert (tmp_path / "again").exists()
    assert not (tmp_path / "late").exists()


@pytest.mark.thorough
@pytest.mark.usefixtures("cold")
def test_stopped_child_holds_up_nobody(tmp_path: Path) -> None:
    """
    A child that does not even read is late like any other, and is replaced after a while.
    """
    with started(tmp_path, Limits(answer_s=0.3, stuck_s=0.6, look_s=0.02)) as service:
        stopped = ask(service, "hello").total
        os.kill(stopped, signal.SIGSTOP)
        # More than the pipe between the processes holds.
        calls = [in_thread(lambda: ask(service, 2000 * "lantern " * 10)) for _ in range(8)]

        assert all(isinstance(call.exception(PATIENCE_S), TimeoutError) for call in calls)
        wait_until(lambda: not is_running(stopped))
        wait_until(lambda: in_thread(lambda: ask(service, "hello")).exception() is None)
        assert ask(service, "hello").total != stopped


@pytest.mark.thorough
def test_killed_child_is_replaced(tmp_path: Path) -> None:
    """
    When the child is killed, the requests in it are answered by the next one.
    """
    with started(tmp_path) as service:
        killed = ask(service, "hello").total
        answers = [in_thread(lambda: ask(service, "await bell")) for _ in range(3)]
        wait_until(lambda: has_begun(tmp_path, "bell"))
        os.kill(killed, signal.SIGKILL)
        (tmp_path / "bell").touch()

        assert all(answer.result(PATIENCE_S).total not in (0, killed) for answer in answers)


@pytest.mark.thorough
def test_standing(tmp_path: Path) -> None:
    """
    Which child answers, since when, and how many ended that were to go on, is told at once; and whether it answers now.
    """
    with started(tmp_path) as service:
        first = service.standing
        service.check(PATIENCE_S)
        os.kill(first.pid or 0, signal.SIGKILL)
        wait_until(lambda: service.standing.restarts == 1 and service.standing.pid is not None)
        second = service.standing
        change(tmp_path)
        wait_until(lambda: service.standing.pid != second.pid)

    assert first.pid != second.pid
    assert first.since_s is not None
    assert first.since_s < PATIENCE_S
    assert service.standing.restarts == 1


@pytest.mark.thorough
@pytest.mark.usefixtures("cold")
def test_check_ends_soon(tmp_path: Path) -> None:
    """
    Whether the child answers is known after the time that there is for it, however long others wait.
    """
    with started(tmp_path) as service:
        os.kill(service.standing.pid or 0, signal.SIGSTOP)
        begun = time.monotonic()
        with pytest.raises(TimeoutError):
            service.check(0.1)

        assert time.monotonic() - begun < 5


@pytest.mark.thorough
def test_request_that_kills_is_given_up(tmp_path: Path) -> None:
    """
    A request that kills its process is tried once more and no more.
    """
    with started(tmp_path) as service, pytest.raises(OnRecordError, match="ended twice"):
        ask(service, "die")


@pytest.mark.parametrize(
    ("open", "error", "words"),
    [
        (open_obedient, StoreError, "Take it away"),  # a damaged store
        (open_and_die, OnRecordError, "exit status -9"),  # no memory left
    ],
)
def test_start_that_fails(tmp_path: Path, open: Callable[[Path], object], error: type[Exception], words: str) -> None:
    """
    A record that cannot be opened is told when the bot is started, by the error of the child.
    """
    (tmp_path / BROKEN).touch()

    with pytest.raises(error, match=words):
        started(tmp_path, open=open)


def test_no_room_for_a_process(tmp_path: Path) -> None:
    """
    Where the system gives no more processes or files, that is told in one line.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        with pytest.raises(OnRecordError, match="Too many open files"):
            started(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.thorough
def test_old_generation_goes_on(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """
    A generation that cannot be opened takes nothing away: the last one answers, one line says why, attempts get rarer.
    """
    with started(tmp_path) as service:
        old = ask(service, "hello").total
        broken = tmp_path / BROKEN
        broken.touch()
        change(tmp_path)
        wait_until(lambda: broken.read_text().count("tried") == 2)
        time.sleep(0.3)

        assert ask(service, "hello").total == old
        assert broken.read_text().count("tried") == 2
        assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == [
            f"the record cannot be opened as it is now: {broken} is there. Take it away."
        ]
        broken.unlink()
        wait_until(lambda: ask(service, "hello").total != old)


@pytest.mark.thorough
def test_last_reply_of_old_generation(tmp_path: Path) -> None:
    """
    When the record has changed, new questions go to a new process; the old one finishes its work and ends.
    """
    with started(tmp_path) as service:
        old = ask(service, "hello").total
        slow = in_thread(lambda: ask(service, "await bell"))
        wait_until(lambda: has_begun(tmp_path, "bell"))
        change(tmp_path)
        wait_until(lambda: ask(service, "hello").total != old)

        assert not slow.done()
        (tmp_path / "bell").touch()
        assert slow.result(PATIENCE_S).total == old
        wait_until(lambda: not is_running(old))


@pytest.mark.usefixtures("cold")  # what stands for it would end a moment before the warm one
def test_close_ends_everything(tmp_path: Path) -> None:
    """
    Closing takes no longer than a moment, whatever is being worked on, and leaves no process.
    """
    service = started(tmp_path)
    pid = ask(service, "hello").total
    waiting = in_thread(lambda: ask(service, "await bell"))
    wait_until(lambda: has_begun(tmp_path, "bell"))

    begun = time.monotonic()
    service.close()

    assert time.monotonic() - begun < 2
    assert not is_running(pid)
    assert "closed" in str(waiting.exception(PATIENCE_S))
    with pytest.raises(OnRecordError, match="closed"):
        ask(service, "hello")
    service.close()


ORPHANED = """
import sys, time
from pathlib import Path
from bot.answering import ServiceProcess
from bot.settings import Settings
from fakes_answering import open_obedient
if __name__ == "__main__":
    service = ServiceProcess(Settings(_env_file=None, data_dir=Path(sys.argv[1])), open=open_obedient)
    loaded = [name for name in ("numpy", "bot.corpora") if name in sys.modules]
    print(service._succession._live.pid, *loaded, flush=True)
    if sys.argv[2:]:
        time.sleep(60)
"""


def parent(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """A program that starts the record in a process of its own, and prints its number."""
    script = folder / "program.py"
    script.write_text(ORPHANED)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    command = [COLD, str(script), str(folder), *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.thorough
def test_orphan_ends(tmp_path: Path) -> None:
    """
    When the bot is killed, nothing of it stays behind.
    """
    with parent(tmp_path, "stay") as program:
        assert program.stdout
        pid = int(program.stdout.readline())
        assert is_running(pid)
        program.kill()

        wait_until(lambda: not is_running(pid))


@pytest.mark.thorough
def test_parent_stays_small(tmp_path: Path) -> None:
    """
    The bot's own process loads nothing that reads or searches, and ends by itself where nobody has closed the record.
    """
    with parent(tmp_path) as program:
        assert program.stdout
        printed = program.stdout.read().split()

    assert len(printed) == 1, "numpy or the record was imported"
    assert program.returncode == 0
    assert not is_running(int(printed[0]))
