"""Keys lie where the person wants them, reach no other server, and nothing hangs for one."""

import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import replace

import keyring
import pytest
from keyring.backends import fail, null
from keyring.errors import InitError, KeyringLocked

from nearling.core.endpoints import Endpoint, KeyPlace
from nearling.core.errors import KeyFailure
from nearling.core.writers import Zone
from nearling.settings.keyring import SECONDS, Keyring
from nearling.settings.keys import Keys
from scripted.file_keyring import FileKeyring

KEY = "sk-hunter2"
CLOUD = Endpoint("openai", "https://api.openai.com/v1", (), Zone.CLOUD, KeyPlace.KEYRING)
SESSION = replace(CLOUD, key=KeyPlace.SESSION)
NAMED = replace(CLOUD, key=KeyPlace.ENVIRONMENT, variable="MY_API_KEY")
ELSEWHERE = (
    "https://api.openai.com.evil.example/v1",
    "https://evil.example/api.openai.com/v1",
    "https://api.openai.com:8443/v1",
    "http://api.openai.com/v1",
    "https://openai.com/v1",
)


@pytest.fixture
def use():
    """Has a backend used as if it were the system's, which no test here touches."""
    yield keyring.set_keyring
    keyring.set_keyring(fail.Keyring())


@pytest.fixture
def backend(tmp_path, use):
    backend = FileKeyring(tmp_path / "keyring.json")
    use(backend)
    return backend


def test_who_wants_no_key_gets_none():
    assert Keys({}).fetch(replace(CLOUD, key=KeyPlace.NONE)) == ""


def test_the_keyring_keeps_a_key(backend):
    Keys({}).keep(CLOUD, f" {KEY}\n", KeyPlace.KEYRING)
    assert Keys({}).fetch(CLOUD) == KEY
    assert list(backend.entries().values()) == [KEY]  # and nothing is left of the probe
    Keys({}).keep(CLOUD, "another", KeyPlace.KEYRING)
    assert Keys({}).fetch(CLOUD) == "another"
    Keys({}).forget(CLOUD)
    assert backend.entries() == {}
    Keys({}).forget(CLOUD)  # what is gone is gone
    with pytest.raises(KeyFailure, match=r"no key for openai at https://api\.openai\.com:443"):
        Keys({}).fetch(CLOUD)


@pytest.mark.parametrize("place", [KeyPlace.KEYRING, KeyPlace.SESSION])
def test_another_origin_is_a_stranger_to_a_key(backend, place):
    keys, endpoint = Keys({}), replace(CLOUD, key=place)
    keys.keep(endpoint, KEY, place)
    for url in ELSEWHERE:
        with pytest.raises(KeyFailure, match="no key"):
            keys.fetch(replace(endpoint, base_url=url))
    with pytest.raises(KeyFailure, match="no key"):
        keys.fetch(replace(endpoint, name="other"))
    assert keys.fetch(replace(endpoint, base_url="https://API.openai.com:443/v2")) == KEY


def test_another_home_has_keys_of_its_own(backend):
    Keys({"NEARLING_HOME": "/a"}).keep(CLOUD, KEY, KeyPlace.KEYRING)
    with pytest.raises(KeyFailure, match="no key"):
        Keys({}).fetch(CLOUD)
    Keys({"NEARLING_HOME": "/b"}).forget(CLOUD)
    assert Keys({"NEARLING_HOME": "/a"}).fetch(CLOUD) == KEY


def test_until_nearling_ends(backend):
    keys = Keys({})
    keys.keep(SESSION, KEY, KeyPlace.SESSION)
    assert keys.fetch(SESSION) == KEY
    assert backend.entries() == {}
    with pytest.raises(KeyFailure, match="no key"):
        Keys({}).fetch(SESSION)
    keys.forget(SESSION)
    with pytest.raises(KeyFailure, match="no key"):
        keys.fetch(SESSION)


def test_a_variable_by_its_name():
    assert Keys({"MY_API_KEY": f"{KEY}\n"}).fetch(NAMED) == KEY
    with pytest.raises(KeyFailure, match="no environment variable MY_API_KEY"):
        Keys({"OPENAI_API_KEY": KEY}).fetch(NAMED)
    with pytest.raises(KeyFailure, match="MY_API_KEY is empty"):
        Keys({"MY_API_KEY": " "}).fetch(NAMED)


def test_variables_are_offered_by_name_alone():
    environ = {
        "OPENAI_API_KEY": KEY, "GROQ_API_KEY": "x", "EMPTY_API_KEY": "", "_API_KEY": "x",
        "openai_api_key": "x", "OPENAI_API_KEY_FILE": "x", "PATH": "/bin",
    }  # fmt: skip
    keys = Keys(environ)
    assert keys.offered() == ("GROQ_API_KEY", "OPENAI_API_KEY")
    with pytest.raises(KeyFailure, match="no key"):  # never used unasked
        keys.fetch(SESSION)


@pytest.mark.parametrize("key", ["", " ", "a b", "a\nb", "a\x00b", "schlüssel", "x" * 5_000])
def test_what_cannot_be_sent_is_no_key(backend, key):
    keys = Keys({"MY_API_KEY": key})
    for place in (KeyPlace.KEYRING, KeyPlace.SESSION):
        with pytest.raises(KeyFailure, match="no key"):
            keys.keep(CLOUD, key, place)
    with pytest.raises(KeyFailure) as failure:
        keys.fetch(NAMED)
    assert key.strip() == "" or key not in failure.value.sentence
    assert backend.entries() == {}


def test_only_two_places_are_ours_to_keep_a_key_in(backend):
    for place in (KeyPlace.NONE, KeyPlace.ENVIRONMENT):
        with pytest.raises(ValueError, match=place.value):
            Keys({}).keep(CLOUD, KEY, place)


class Raising(FileKeyring):
    def __init__(self, error):
        super().__init__()
        self.error = error

    def get_password(self, *details):
        raise self.error

    set_password = delete_password = get_password


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyringLocked("prompt dismissed"), "locked"),
        (InitError("Failed to unlock the collection!"), "locked"),
        (keyring.errors.NoKeyringError(), "no keyring"),
        (RuntimeError(KEY), "cannot be used"),
        (OSError(KEY), "cannot be used"),
    ],
)
def test_a_keyring_that_does_not_work_is_told(use, error, said):
    use(Raising(error))
    keys = Keys({})
    for act in (
        lambda: keys.fetch(CLOUD),
        lambda: keys.keep(CLOUD, KEY, KeyPlace.KEYRING),
        lambda: keys.forget(CLOUD),
    ):
        with pytest.raises(KeyFailure, match=said) as failure:
            act()
        assert KEY not in f"{failure.value.sentence} {failure.value.remedy}"
        assert failure.value.remedy


def test_a_keyring_that_keeps_nothing_or_nothing_safe_is_told(use):
    class Plain(FileKeyring):
        priority = 0.5

    for backend in (fail.Keyring(), null.Keyring(), Plain()):
        use(backend)
        with pytest.raises(KeyFailure, match="no keyring"):
            Keys({}).keep(CLOUD, KEY, KeyPlace.KEYRING)

    class Forgetful(FileKeyring):
        def get_password(self, service, username):
            return None

        def set_password(self, service, username, password):
            pass

    use(Forgetful())
    with pytest.raises(KeyFailure, match="did not keep"):
        Keys({}).keep(CLOUD, KEY, KeyPlace.KEYRING)


class Hanging(FileKeyring):
    """Asks somebody who does not answer until the test does."""

    def __init__(self, file):
        super().__init__(file)
        self.answered, self.reached = threading.Event(), threading.Event()
        self.asked = 0

    def set_password(self, service, username, password):
        self.asked += 1
        self.reached.set()
        self.answered.wait(60)
        super().set_password(service, username, password)


def test_a_keyring_that_hangs_is_not_waited_for(tmp_path, use):
    backend = Hanging(tmp_path / "keyring.json")
    use(backend)
    keys = Keys({}, Keyring("nearling", seconds=0.3))
    began = time.monotonic()
    for _ in range(2):
        with pytest.raises(KeyFailure, match="in time") as failure:
            keys.keep(CLOUD, KEY, KeyPlace.KEYRING)
        assert "asks for its password" in failure.value.remedy
    assert time.monotonic() - began < 20
    assert SECONDS < 5
    assert backend.reached.wait(30)
    assert backend.asked == 1  # nobody is asked twice at a time
    backend.answered.set()
    (worker,) = [thread for thread in threading.enumerate() if thread.name == "keyring"]
    worker.join(30)
    assert backend.entries() == {}  # what was given up is not written afterwards
    unhurried = Keys({}, Keyring("nearling", seconds=30))
    unhurried.keep(CLOUD, KEY, KeyPlace.KEYRING)
    assert unhurried.fetch(CLOUD) == KEY


needs_secret_service = pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="gnome-keyring or dbus is not installed",
)
ACT = """
from nearling.core.endpoints import Endpoint, KeyPlace
from nearling.core.errors import KeyFailure
from nearling.core.writers import Zone
from nearling.settings.keyring import Keyring
from nearling.settings.keys import Keys

endpoint = Endpoint("openai", "https://api.openai.com/v1", (), Zone.CLOUD, KeyPlace.KEYRING)
try:
    keys = Keys({}, Keyring("nearling", seconds=40))  # however busy it is
    keys.keep(endpoint, "sk-one", KeyPlace.KEYRING)
    keys.keep(endpoint, "sk-two", KeyPlace.KEYRING)
    print(keys.fetch(endpoint))
    keys.forget(endpoint)
    keys.fetch(endpoint)
except KeyFailure as failure:
    print(failure.sentence)
import keyring
print(type(keyring.get_keyring()).__module__)
"""


def told_by_secret_service(folder, daemon):
    """What ACT prints in a session of its own, with the daemon started as `daemon` says."""
    environ = {name: value for name, value in os.environ.items() if "KEYRING" not in name}
    environ |= {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    environ.pop("DISPLAY", None)
    ended = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", f'{daemon}; "$0" -c "$1"', sys.executable, ACT],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


@needs_secret_service
def test_a_real_secret_service(tmp_path):
    unlocked = "echo -n word | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
    key, gone, backend = told_by_secret_service(tmp_path, unlocked)
    assert backend == "keyring.backends.SecretService"
    assert key == "sk-two"
    assert gone.startswith("There is no key for openai")


@needs_secret_service
def test_a_locked_secret_service_is_told_and_not_waited_for(tmp_path):
    locked = "gnome-keyring-daemon --start --components=secrets >/dev/null"
    failure, _backend = told_by_secret_service(tmp_path, locked)
    assert failure.startswith("The keyring of this computer is locked")


def test_without_a_bus_there_is_no_keyring(tmp_path):
    environ = {name: value for name, value in os.environ.items() if "KEYRING" not in name}
    environ |= {"HOME": str(tmp_path), "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
    ended = subprocess.run(
        [sys.executable, "-c", ACT],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.stdout.startswith("This computer has no keyring"), ended.stderr
