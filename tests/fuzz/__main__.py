"""
`script/fuzz [SECONDS]`: every target in turn, in a process of its own, for its share of the processor time.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import sys
import warnings
from pathlib import Path

from fuzz.engines import has_atheris, with_atheris, with_hypothesis
from fuzz.running import Run


def main() -> int:
    """Exit status 1 where anything was found."""
    asked = _asked()
    engine = asked.engine or ("atheris" if has_atheris() else "hypothesis")
    if engine == "atheris" and not has_atheris():
        say('atheris needs an extra: pip install "onrecord[fuzz]". Or take --engine hypothesis.')
        return 2
    if not has_atheris():
        say('Without atheris (pip install "onrecord[fuzz]") hypothesis makes up the inputs.')
    warnings.filterwarnings("ignore")
    logging.disable(logging.CRITICAL)
    targets = _targets(instrumented=engine == "atheris")
    chosen = asked.target or list(targets)
    if unknown := sorted(set(chosen) - set(targets)):
        say(f'There is no target "{unknown[0]}". There are: {", ".join(targets)}.')
        return 2
    failed = []
    for name in chosen:
        # A process each: an engine cannot be stopped in any other way, and what fills the memory ends alone.
        child = os.fork()
        if child == 0:
            _try(name, engine, asked.seconds / len(chosen), asked.out)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            failed.append(name)
    say(f"Found something in: {', '.join(failed)}. The inputs are in {asked.out}." if failed else "Nothing was found.")
    return 1 if failed else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("script/fuzz", description="Strange input for everything that reads input.")
    parser.add_argument("seconds", nargs="?", type=float, default=600, help="processor time in all (600)")
    parser.add_argument("--engine", choices=["atheris", "hypothesis"], help="atheris where it is installed")
    parser.add_argument("--target", action="append", help="only this one; may be given again")
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"), help="folder for what is found (build/fuzz)")
    return parser.parse_args()


def _targets(*, instrumented: bool) -> dict[str, object]:
    if instrumented:
        import atheris

        with atheris.instrument_imports(include=["corpus", "retrieval", "bot"]):
            from fuzz.targets import TARGETS
    else:
        from fuzz.targets import TARGETS
    return dict(TARGETS)


def _try(name: str, engine: str, seconds: float, out: Path) -> None:
    """The child: it ends here."""
    from fuzz.targets import TARGETS

    TARGETS[name](b"")  # what is made once is no part of the time
    run = Run(TARGETS[name], seconds)

    def ended() -> None:
        _tell(name, run, out)
        sys.stdout.flush()
        os._exit(1 if run.findings else 0)

    if engine == "atheris":
        with_atheris(run, ended)
    with_hypothesis(run)
    ended()


def _tell(name: str, run: Run, out: Path) -> None:
    say(f"{name}: {run.inputs:,} inputs, {len(run.findings)} faults")
    for found in run.findings.values():
        out.mkdir(parents=True, exist_ok=True)
        file = out / f"{name.replace(' ', '-')}-{hashlib.sha256(found.data).hexdigest()[:12]}"
        file.write_bytes(found.data)
        say(f"  {found.what} {found.where} ({len(found.data):,} bytes: {file})")


def say(line: str) -> None:
    """One line for whoever started it."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
