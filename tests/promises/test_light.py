"""The command line is light: no Qt, no model runtime, and help at once."""

import subprocess
import sys

import pytest

from scripted.product import Product

RUN = """
import sys
for name in {blocked!r}:
    sys.modules[name] = None  # importing it raises ImportError
sys.argv = ["nearling", *{words!r}]
from nearling.__main__ import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print(*sorted(name.partition(".")[0] for name in sys.modules), file=sys.stderr)
"""
RUNTIMES = ("onnxruntime", "rapidocr", "cv2", "zxingcpp", "faster_whisper", "ctranslate2")


def imported(product: Product, *words: str, blocked: tuple[str, ...] = ()) -> set[str]:
    ended = subprocess.run(
        [sys.executable, "-c", RUN.format(words=words, blocked=blocked)],
        capture_output=True,
        text=True,
        env=product.environment,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return set(ended.stderr.splitlines()[-1].split())


def test_an_answer_needs_no_qt_and_no_runtime_in_its_own_process(product, ticket):
    words = ("ask", "What is the price?", "--picture", str(ticket))
    modules = imported(product, *words, blocked=("PySide6", "shiboken6", *RUNTIMES))
    assert "sqlite3" in modules
    assert not modules & {"numpy", "PIL", "httpx2", "httpcore2", "keyring"}


def test_the_doctor_looks_at_qt_from_outside(product):
    """What is blocked here is not blocked in the processes that it starts."""
    assert "nearling" in imported(product, "doctor", blocked=("PySide6", "shiboken6", *RUNTIMES))


@pytest.mark.parametrize(
    "words", [("--help",), ("ask", "--help"), ("history", "--help"), ("endpoints", "--help")]
)
def test_help_loads_nothing_heavy(product, words):
    heavy = {"sqlite3", "msgspec", "psutil", "numpy", "PIL", "PySide6", "subprocess", "keyring"}
    assert not imported(product, *words) & heavy


def test_a_folder_that_is_called_like_us_is_not_run(product, ticket, tmp_path):
    trap = tmp_path / "nearling"
    trap.mkdir()
    (trap / "__init__.py").write_text("raise SystemExit('trapped')")
    words = ["ask", "What is the price?", "--picture", str(ticket)]
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "nearling", *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=product.environment,
        timeout=60,
        check=False,
    )
    assert "39.90" in ended.stdout, ended.stderr
