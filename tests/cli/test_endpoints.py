"""`nearling endpoints`: what is added is there, no key is ever seen, and nothing is lost."""

import io
import json
import os
import re
import shlex
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from unittest.mock import patch

import keyring
import pytest
from keyring.backends import fail

from nearling.catalogue.prices import known
from nearling.core.endpoints import Endpoint, KeyPlace
from nearling.settings.endpoints import Endpoints
from nearling.settings.log import log_to
from scripted.beyond import main
from scripted.file_keyring import BACKEND, FileKeyring
from scripted.product import Ended

TESTS = Path(__file__).resolve().parents[1]
KEY, WRONG = "sk-right", "sk-hunter2"
OPENAI = ("add", "openai", "--preset", "openai", "--model", "gpt-4o")

STARTED = "import sys; from scripted.beyond import main; sys.exit(main(sys.argv[1:]))"
BLOCKED = "import sys; sys.modules |= dict.fromkeys(('keyring', 'httpx2', 'PySide6', 'numpy')); "


class Product:
    """The product with a keyring in a file and a scripted server, run in the tests' own process."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.keyring = folder / "keyring.json"
        self.backend = FileKeyring(self.keyring)

    @property
    def environment(self) -> dict[str, str]:
        mine = {"NEARLING_HOME": str(self.home)}
        return {name: each for name, each in os.environ.items() if "API_KEY" not in name} | mine

    def run(self, *words: str, stdin: str = "", **environ: str) -> Ended:
        out, notes = io.StringIO(), io.StringIO()
        keyring.set_keyring(self.backend)
        with (
            patch.dict(os.environ, self.environment | environ, clear=True),
            patch.object(sys, "stdin", io.StringIO(stdin)),
            redirect_stdout(out),
            redirect_stderr(notes),
        ):
            try:
                code = main(["endpoints", *words])
            except SystemExit as end:
                code = int(end.code or 0)
        ended = Ended(code, out.getvalue(), notes.getvalue())
        assert "stumbled" not in ended.out + ended.notes
        return ended

    def start(
        self,
        *words: str,
        before: str = "",
        stdin: int = subprocess.PIPE,
        stdout: int = subprocess.DEVNULL,
        stderr: int = subprocess.DEVNULL,
        **environ: str,
    ) -> subprocess.Popen[bytes]:
        """As a process of its own, which finds the keyring as any program does."""
        mine = {
            "PYTHONPATH": str(TESTS),
            "PYTHON_KEYRING_BACKEND": BACKEND,
            "SCRIPTED_KEYRING": str(self.keyring),
        }
        return subprocess.Popen(
            [sys.executable, "-P", "-c", before + STARTED, "endpoints", *words],
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
            env=self.environment | mine | environ,
        )

    @property
    def endpoints(self) -> tuple[Endpoint, ...]:
        return Endpoints(self.home / "endpoints.toml").all()

    @property
    def kept(self) -> list[str]:
        """Every key in the keyring."""
        entries = json.loads(self.keyring.read_text()) if self.keyring.exists() else {}
        return list(entries.values())


@pytest.fixture
def product(tmp_path):
    yield Product(tmp_path)
    keyring.set_keyring(fail.Keyring())  # no test touches the one of who runs them
    log_to(Path(os.devnull))


def test_nothing_is_there_at_first(product):
    shown = product.run()
    assert (shown.code, shown.out) == (0, "")
    assert "computed on this computer" in shown.notes
    assert product.run("list", "--json").json == {"endpoints": []}
    assert product.run("--json").json == {"endpoints": []}


def test_one_that_is_added_is_listed(product):
    added = product.run(*OPENAI, "--key", "-", "--json", stdin=f"{KEY}\n")
    assert added.code == 0, added
    told = added.json["endpoint"]
    assert (told["base_url"], told["zone"]) == ("https://api.openai.com/v1", "cloud")
    assert (told["key"], told["variable"]) == ("keyring", "")
    (model,) = told["models"]
    assert model == {
        "id": "gpt-4o", "writer": "openai/gpt-4o", "accepts": ["picture", "text"],
        "context_length": 128_000, "price": {"input": 2_500_000, "output": 10_000_000},
    }  # fmt: skip
    assert product.run("list", "--json").json == {"endpoints": [told]}
    shown = product.run("list")
    assert "openai  cloud  https://api.openai.com/v1  key in the keyring" in shown.out
    assert "gpt-4o  looks at pictures, 128,000 tokens of context, about 2.50 USD in" in shown.out
    assert product.kept == [KEY]
    for place in (added.out, shown.out, (product.home / "endpoints.toml").read_text()):
        assert KEY not in place


def test_an_address_of_ones_own(product):
    words = ("--base-url", "http://192.168.1.5:11434/v1/", "--model", "a", "--model", "b:7b")
    more = ("--header", "X-Title=a=b", "--query", "v=1", "--body", '{"top_k": 20}')
    ended = product.run("add", "lan", *words, *more, "--json")
    told = ended.json["endpoint"]
    assert (told["base_url"], told["zone"]) == ("http://192.168.1.5:11434/v1", "network")
    assert [model["writer"] for model in told["models"]] == ["lan/a", "lan/b:7b"]
    assert [model["price"] for model in told["models"]] == [None, None]
    assert (told["headers"], told["query"], told["body"]) == (
        {"X-Title": "a=b"}, {"v": "1"}, {"top_k": 20},
    )  # fmt: skip
    again = product.run("add", "lan", *words, "--replace", "--zone", "cloud")
    assert "lan  cloud" in again.out
    assert len(product.endpoints) == 1
    assert "may pass on" not in again.notes
    near = product.run("add", "near", "--preset", "ollama")
    assert "may pass on what it gets, also to the cloud" in near.notes
    assert "Name a model" in near.notes


def test_azure_wants_an_address_of_ones_own(product):
    words = ("add", "work", "--preset", "azure", "--model", "gpt-4o")
    refused = product.run(*words, "--json")
    assert (refused.code, refused.error["kind"]) == (1, "refused")
    assert "{resource}" in refused.error["sentence"]
    url = "https://mine.openai.azure.com/openai/deployments/chat"
    told = product.run(*words, "--base-url", url, "--json").json["endpoint"]
    assert (told["dialect"], told["base_url"]) == ("azure", url)
    assert told["query"] == {"api-version": "2024-10-21"}


def test_a_key_is_never_an_argument(product):
    for words in (("--key", WRONG), (f"--key={WRONG}",), ("--key-env", WRONG)):
        for json_or_not in ((), ("--json",)):
            ended = product.run(*OPENAI, *words, *json_or_not)
            assert ended.code in (1, 2)
            assert WRONG not in ended.out + ended.notes
    assert "standard input" in product.run(*OPENAI, "--key", WRONG).notes
    assert product.endpoints == ()


def test_a_variable_is_offered_and_used_only_when_named(product):
    added = product.run(*OPENAI, OPENAI_API_KEY=KEY)
    assert "nearling endpoints key openai --env OPENAI_API_KEY" in added.notes
    assert product.endpoints[0].key is KeyPlace.NONE
    presets = product.run("presets", "--json", OPENAI_API_KEY=KEY, GROQ_API_KEY=KEY)
    assert presets.json["variables"] == ["GROQ_API_KEY", "OPENAI_API_KEY"]
    assert KEY not in presets.out
    assert "GROQ_API_KEY" in product.run("presets", GROQ_API_KEY=KEY).notes
    named = product.run("key", "openai", "--env", "OPENAI_API_KEY", "--json")
    assert named.json["endpoint"]["variable"] == "OPENAI_API_KEY"
    assert product.run("test", "openai", OPENAI_API_KEY=KEY).code == 0
    missing = product.run("test", "openai", "--json")
    assert (missing.code, missing.error["kind"]) == (1, "key")
    assert "OPENAI_API_KEY" in missing.error["sentence"]


def test_a_key_is_changed_and_goes_with_its_endpoint(product):
    product.run(*OPENAI, "--key", "-", stdin=WRONG)
    refused = product.run("test", "openai", "--json")
    assert (refused.code, refused.json["ok"]) == (1, False)
    assert product.run("models", "openai", "--json").error["kind"] == "auth"
    assert product.run("key", "openai", stdin=KEY).code == 0
    assert product.kept == [KEY]
    assert product.run("key", "openai", "--json", stdin="").error["kind"] == "key"
    assert product.kept == [KEY]
    tested = product.run("test", "openai", "--json").json
    assert tested == {
        "endpoint": "openai", "model": "gpt-4o", "ok": True, "sentence": "gpt-4o answered.",
        "remedy": "", "address": "192.0.2.7", "zone": "cloud", "milliseconds": 1234.5,
    }  # fmt: skip
    shown = product.run("test", "openai", "--model", "other").out
    assert "ok    openai/other: other answered." in shown
    assert "connected to 192.0.2.7 (cloud), 1,234 ms" in shown
    removed = product.run("remove", "openai", "--json").json
    assert (removed["removed"]["name"], removed["key_removed"]) == ("openai", True)
    assert (product.kept, product.endpoints) == ([], ())
    assert product.run("remove", "openai", "--json").error["kind"] == "not_found"


def test_a_changed_address_loses_the_key(product):
    product.run(*OPENAI, "--key", "-", stdin=KEY)
    same = product.run("add", "openai", "--base-url", "https://api.openai.com/v2", "--replace")
    assert "key in the keyring" in same.out
    assert product.kept == [KEY]
    moved = ("add", "openai", "--base-url", "https://api.example.com/v1", "--replace", "--json")
    assert product.run(*moved).json["endpoint"]["key"] == "none"
    assert product.kept == []
    # Also if it is changed by hand.
    product.run("remove", "openai")
    product.run(*OPENAI, "--key", "-", stdin=KEY)
    file = product.home / "endpoints.toml"
    file.write_text(file.read_text().replace("api.openai.com", "evil.example"))
    tested = product.run("test", "openai", "--json")
    assert tested.error["kind"] == "key"
    assert "no key for openai at https://evil.example:443" in tested.error["sentence"]


@pytest.mark.parametrize(("typed", "kept", "code"), [(f"{KEY}\n", [KEY], 0), ("\x04", [], 130)])
def test_a_key_is_typed_unseen(product, typed, kept, code):
    ours, theirs = pytest.importorskip("pty").openpty()
    running = product.start(*OPENAI, "--key", "-", stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    seen = b""
    with os.fdopen(ours, "r+b", buffering=0) as terminal:
        while b"not shown" not in seen:
            seen += terminal.read(1_000)
        terminal.write(typed.encode())
        with suppress(OSError):  # nobody holds the other end any longer
            while more := terminal.read(1_000):
                seen += more
    assert running.wait(60) == code
    assert product.kept == kept
    assert KEY.encode() not in seen


def test_a_name_in_use_is_refused_before_its_key_is_touched(product):
    product.run(*OPENAI, "--key", "-", stdin=KEY)
    refused = product.run(*OPENAI, "--key", "-", "--json", stdin=WRONG)
    assert refused.error["kind"] == "refused"
    assert product.kept == [KEY]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "a"), 1),
        (("add", "A b", "--preset", "openai"), 1),
        (("add", "a", "--preset", "mars"), 1),
        (("add", "a", "--base-url", "http://example.com/v1"), 1),
        (("add", "a", "--preset", "openai", "--header", "Authorization=x"), 1),
        (("add", "a", "--preset", "openai", "--header", "x"), 2),
        (("add", "a", "--preset", "openai", "--body", "[]"), 2),
        (("add", "a", "--preset", "openai", "--zone", "computer"), 2),
        (("add", "a", "--preset", "openai", "--key", "-", "--key-env", "X"), 2),
        (("test", "a"), 1),
        (("models", "a"), 1),
        (("key", "a"), 1),
        (("order", "a"), 1),
        (("bake",), 2),
    ],
)
def test_what_cannot_be_done_is_told(product, words, code):
    ended = product.run(*words, "--json")
    assert ended.code == code
    assert ended.error["sentence"]
    assert ended.error["remedy"]
    assert product.endpoints == ()
    assert product.kept == []


def test_what_an_endpoint_has(product):
    product.run(*OPENAI, "--key", "-", stdin=KEY)
    listed = {each["id"]: each for each in product.run("models", "openai", "--json").json["models"]}
    assert list(listed) == ["gpt-4o", "whisper-1", "its-own", "never-heard-of"]
    assert [each["added"] for each in listed.values()] == [True, False, False, False]
    assert listed["gpt-4o"]["context_length"] == 128_000
    assert listed["whisper-1"]["accepts"] == ["clip"]
    assert listed["its-own"]["price"] == {"input": 1, "output": 2}  # it knows better than a table
    assert listed["never-heard-of"]["price"] is None
    shown = product.run("models", "openai").out
    assert "* gpt-4o  looks at pictures" in shown
    assert "  whisper-1  listens\n" in shown
    assert "  never-heard-of  price not known" in shown


def test_their_order(product):
    for name in ("a", "b", "c"):
        product.run("add", name, "--preset", "ollama")
    told = product.run("order", "c", "b", "--json").json["endpoints"]
    assert [each["name"] for each in told] == ["c", "b", "a"]
    assert [each.name for each in product.endpoints] == ["c", "b", "a"]
    unnamed = product.run("test", "a", "--json").error
    assert "nobody to ask" in unnamed["sentence"]


def test_a_damaged_file_is_told(product):
    product.home.mkdir()
    file = product.home / "endpoints.toml"
    file.write_text("[[endpoint]]\n")
    for words in (("list",), OPENAI, ("remove", "a")):
        assert product.run(*words, "--json").error["kind"] == "settings"
    assert file.read_text() == "[[endpoint]]\n"


def test_a_file_that_cannot_be_written_leaves_no_key_behind(product):
    product.home.write_text("in the way")
    refused = product.run(*OPENAI, "--key", "-", "--json", stdin=KEY)
    assert refused.error["kind"] == "settings"
    assert product.kept == []


def test_without_a_keyring_the_key_is_not_kept_and_nothing_is_added(product):
    works, product.backend = product.backend, fail.Keyring()
    refused = product.run(*OPENAI, "--key", "-", "--json", stdin=KEY)
    assert refused.error["kind"] == "key"
    assert "environment variable" in refused.error["remedy"]
    assert product.endpoints == ()
    product.backend = works
    product.run(*OPENAI, "--key", "-", stdin=KEY)
    product.backend = fail.Keyring()
    removed = product.run("remove", "openai")
    assert removed.code == 0
    assert "may still be in the keyring" in removed.notes
    assert product.endpoints == ()


def test_only_who_needs_the_keyring_loads_it(product):
    for words in (OPENAI, ("list",), ("remove", "openai")):
        running = product.start(*words, before=BLOCKED)
        running.communicate(timeout=60)
        assert running.returncode == 0


@pytest.mark.parametrize("moment", ["1 before", "1 after", "2 before", "2 after"])
@pytest.mark.parametrize("known", [False, True])
def test_killed_while_a_key_is_kept(product, known, moment):
    """The probe is the first writing, the key the second; either key is there, or it is said."""
    if known:
        product.run(*OPENAI, "--key", "-", stdin="sk-old")
    words = ("key", "openai") if known else (*OPENAI, "--key", "-")
    running = product.start(*words, SCRIPTED_KEYRING_STOP=moment)
    running.stdin.write(KEY.encode())
    running.stdin.close()
    while not product.keyring.with_suffix(".stopped").exists():
        assert running.poll() is None
        time.sleep(0.01)
    running.kill()
    running.wait(60)
    if not known:
        assert product.endpoints == ()  # it is named only once its key is kept
        return
    assert product.endpoints[0].key is KeyPlace.KEYRING
    (key,) = [each for each in product.kept if each.startswith("sk-")]
    assert key == (KEY if moment == "2 after" else "sk-old")
    tested = product.run("test", "openai", "--json").json
    assert tested["ok"] is (key == KEY)


def test_what_the_manual_says_can_be_done(product):
    page = (TESTS.parent / "docs" / "endpoints.md").read_text().replace("\\\n", "")
    lines = re.findall(r"^\$ nearling endpoints (add .*)", page, re.MULTILINE)
    commands = [shlex.split(line) for line in lines]
    commands = [words for words in commands if "…" not in words]
    assert len(commands) == 5
    for words in commands:
        ended = product.run(*words, stdin=KEY)
        assert ended.code == 0, (words, ended)
    assert [each.zone.value for each in product.endpoints] == [
        "cloud", "cloud", "network", "network", "cloud",
    ]  # fmt: skip
    example = page.partition("```toml\n")[2].partition("```")[0]
    (product.home / "endpoints.toml").write_text(example)
    assert product.endpoints[0].models[0].price == known("gpt-4o-mini", "api.openai.com").price


def test_an_endpoint_whose_key_is_gone_says_so(product):
    product.run(*OPENAI, "--key", "-", stdin=KEY)
    product.keyring.unlink()
    told = product.run("test", "openai", "--json").error
    assert told["kind"] == "key"
    assert "nearling endpoints key openai" in told["remedy"]
