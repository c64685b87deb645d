"""Modules that wait for their first use."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit


def run(folder: Path, program: str) -> str:
    """What a fresh Python prints, with the folder's modules at hand."""
    (folder / "heavy").mkdir()
    (folder / "heavy" / "__init__.py").write_text("print('heavy')\nVALUE = 1\n")
    (folder / "heavy" / "part.py").write_text("OTHER = 2\n")
    code = f"import sys; sys.path.insert(0, {str(folder)!r})\nfrom coach.deferred import defer\n"
    done = subprocess.run(
        [sys.executable, "-c", code + program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_import_alone_runs_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "defer(['heavy']); import heavy; print('done')") == "done\n"


def test_the_first_use_loads_it_once(tmp_path: Path) -> None:
    program = "defer(['heavy']); import heavy; print(heavy.VALUE + heavy.VALUE)"
    assert run(tmp_path, program) == "heavy\n2\n"


def test_a_part_of_it_comes_without_the_whole(tmp_path: Path) -> None:
    program = "defer(['heavy']); from heavy.part import OTHER; print(OTHER)"
    assert run(tmp_path, program) == "2\n"


def test_a_part_is_taken_from_it_without_the_whole(tmp_path: Path) -> None:
    program = "defer(['heavy']); from heavy import part; print(part.OTHER)"
    assert run(tmp_path, program) == "2\n"


def test_a_name_that_it_does_not_have_is_missed_as_ever(tmp_path: Path) -> None:
    program = "defer(['heavy']); import heavy; print(hasattr(heavy, 'NOTHING'), heavy.VALUE)"
    assert run(tmp_path, program) == "heavy\nFalse 1\n"


def test_the_worker_leaves_out_what_a_silent_coach_never_needs() -> None:
    program = (
        "import sys, coach.worker.process\n"
        "print([name for name in sys.modules if name.startswith(('av.', 'openai.types.beta.'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert set(done.stdout.strip("[]\n").replace("'", "").split(", ")) <= {
        "av.container",
        "openai.types.beta.realtime",
        "openai.types.beta.realtime.transcription_session_update_param",
    }


def test_an_optional_companion_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "eager.py").write_text(
        "try:\n    import heavy\nexcept ImportError:\n    heavy = None\n"
    )
    program = (
        "from coach.deferred import import_without\n"
        "import_without('eager', 'heavy'); import eager; print(eager.heavy); import heavy"
    )
    assert run(tmp_path, program) == "None\nheavy\n"
