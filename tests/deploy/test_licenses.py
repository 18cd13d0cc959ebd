"""Licences and audit of the dependencies: what is read of a package's metadata, and what may not be used."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from deploy.licenses import is_free_to_use, license_of, locked, problems

ROOT = Path(__file__).parents[2]
OSI = "License :: OSI Approved :: "


@pytest.mark.parametrize(
    ("expression", "classifiers", "text", "expected"),
    [
        ("MIT", (f"{OSI}BSD License",), "Apache", "MIT"),  # the expression is what counts
        (None, (f"{OSI}BSD License", "Typing :: Typed"), "a long text", "BSD License"),
        (None, (f"{OSI}MIT License", f"{OSI}BSD License"), None, "MIT License OR BSD License"),
        (None, ("License :: OSI Approved",), "Zlib", "Zlib"),  # names none
        (None, (), "\n=====\nThe Lantern License\nCopyright (c) …", "The Lantern License"),
        (None, (), "", ""),
        (None, (), None, ""),
    ],
)
def test_licence_is_what_a_package_says(
    expression: str | None, classifiers: tuple[str, ...], text: str | None, expected: str
) -> None:
    """
    Of what a package says of its licence, the most exact is taken.
    """
    assert license_of(expression, classifiers, text) == expected


@pytest.mark.parametrize(
    ("license", "free"),
    [
        ("MIT", True),
        ("Apache-2.0 AND MIT", True),
        ("LGPL-3.0-or-later", True),  # asks nothing of a program that uses it
        ("GNU Lesser General Public License v3 (LGPLv3)", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),  # one may choose
        ("GPL-2.0-only OR MIT", True),
        ("GPL-3.0-or-later", False),
        ("GPLv3", False),
        ("GNU General Public License v2 (GPLv2)", False),
        ("AGPL-3.0-only", False),
        ("GNU Affero General Public License v3", False),
        ("MIT AND GPL-3.0-only", False),  # both hold
        ("(MIT OR GPL-3.0-only) AND BSD-3-Clause", True),
        ("MIT AND (GPL-3.0-only OR AGPL-3.0-only)", False),
        ("MIT OR (Apache-2.0 AND GPL-3.0-only)", True),
        ("GPL-2.0-only OR AGPL-3.0-only", False),
    ],
)
def test_copyleft_without_a_choice_is_refused(license: str, free: bool) -> None:
    """
    A package may be used where its licence leaves a choice that is neither the GPL nor the AGPL.
    """
    assert is_free_to_use(license) == free


def test_problems_are_named() -> None:
    """
    Each package that may not be used is named with its licence, and so is one that says nothing of it.
    """
    found = list(problems([("lamp 1.0", "MIT"), ("oar 2.1", "GPL-3.0-only"), ("raft 3", "")]))

    assert [line.split(".")[0] for line in found] == ["oar 2", "raft 3 says nothing of its licence"]
    assert "GPL-3.0-only" in found[0]


def test_every_package_of_the_lock_is_read() -> None:
    """
    A lock is read as it is written, with markers, hashes and two versions of one package.
    """
    lock = 'lamp==1.0 \\\n    --hash=sha256:00\noar==2.1 ; sys_platform == "win32" \\\n    --hash=sha256:11\noar==2.0\n'

    assert locked(lock) == {"lamp": ["1.0"], "oar": ["2.1", "2.0"]}


@pytest.mark.thorough
def test_dependencies_of_today_may_be_used() -> None:
    """
    `script/licenses` lists every package of the lock and finds nothing to say.
    """
    done = subprocess.run([ROOT / "script" / "licenses"], capture_output=True, text=True, check=False)

    names = {line.split()[0] for line in done.stdout.splitlines()}
    assert (done.returncode, done.stderr) == (0, "")
    assert names == locked((ROOT / "requirements.lock").read_text("utf-8")).keys()


@pytest.mark.thorough
def test_audit_without_its_data_says_so() -> None:
    """
    Where the list of weaknesses cannot be reached, `script/audit` says that nothing was audited, at once, and is no
    failure.
    """
    nowhere = os.environ | {"https_proxy": "http://127.0.0.1:9", "no_proxy": ""}
    done = subprocess.run(
        [ROOT / "script" / "audit"], capture_output=True, text=True, check=False, env=nowhere, timeout=30
    )

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (0, "", 1)
    assert done.stderr.startswith("No audit: ")
