"""LiteLLM's proxy and aimock, started on loopback once for all tests."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from conformance.asking import Server
from conformance.provider import Provider

ROOT = Path(__file__).resolve().parents[2]
LITELLM = ROOT / ".tools/litellm/bin/litellm"
AIMOCK = ROOT / ".tools/aimock/node_modules/@copilotkit/aimock/dist/cli.js"
FETCHED = "is not there: python3 dev.py test --conformance fetches it"
KEY = "sk-conformance"
RELAYED = (
    "plain", "tools", "pictures", "unsure", "filtered", "short", "cut", "garbled",
    "context", "limited", "poor", "refusing", "broken",
)  # fmt: skip
"""Models of the provider behind the proxy, under the same names in front of it."""


def ready(address: str, process: subprocess.Popen[str], seconds: float = 120) -> None:
    """Returns once it answers."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            httpx2.get(address, timeout=5, trust_env=False)
        except httpx2.TransportError:
            assert process.poll() is None, "it ended"
            assert time.monotonic() < deadline, "it never answered"
            time.sleep(0.05)
        else:
            return


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def settings(base: str) -> dict[str, object]:
    """The proxy's; JSON is YAML, too."""

    def model(name: str, behind: str, **more: object) -> dict[str, object]:
        params = {"model": f"openai/{behind}", "api_base": base, "api_key": "sk-behind", **more}
        return {"model_name": name, "litellm_params": params}

    nowhere = {"api_base": "http://127.0.0.1:9/v1"}
    heard = model("hearing", "whisper-1") | {"model_info": {"mode": "audio_transcription"}}
    return {
        "model_list": [
            *(model(name, name) for name in RELAYED),
            model("mock", "fake", mock_response="Words of the proxy itself.", **nowhere),
            model("rationed", "fake", mock_response="One more.", rpm=1, **nowhere),
            model("unreachable", "fake", **nowhere),
            heard,
        ],
        "router_settings": {"num_retries": 0, "enable_pre_call_checks": True},
        "litellm_settings": {"telemetry": False, "drop_params": True},
        "general_settings": {"master_key": KEY},
    }


@contextmanager
def started(line: list[str], log: Path, **environ: str) -> Iterator[subprocess.Popen[str]]:
    """A server that ends with the tests; what it says is kept to be read after a failure."""
    told = {"NO_PROXY": "127.0.0.1", "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": ""}
    with log.open("w") as said:
        process = subprocess.Popen(
            line, env=os.environ | told | environ, cwd=log.parent, text=True,
            stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    """Who stands behind the proxy."""
    with Provider() as provider:
        thread = threading.Thread(target=provider.serve_forever, name="provider")
        thread.start()
        yield provider
        provider.shutdown()
        thread.join(60)


@pytest.fixture(scope="session")
def litellm(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The proxy, before a provider of ours."""
    if not LITELLM.exists():
        pytest.skip(f"LiteLLM {FETCHED}")
    folder = tmp_path_factory.mktemp("litellm")
    config, port = folder / "config.yaml", free_port()
    where = ["--host", "127.0.0.1", "--port", str(port), "--num_workers", "1"]
    quiet = {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_TELEMETRY": "False"}
    config.write_text(json.dumps(settings(provider.base_url)))
    line = [str(LITELLM), "--config", str(config), *where]
    with started(line, folder / "said.txt", **quiet) as process:
        ready(f"http://127.0.0.1:{port}/health/liveliness", process)
        yield Server(f"http://127.0.0.1:{port}/v1", KEY)


@pytest.fixture(scope="session")
def aimock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A mock of its own authors, with our words."""
    if (node := shutil.which("node")) is None:
        pytest.skip("node is not installed")
    if not AIMOCK.exists():
        pytest.skip(f"aimock {FETCHED}")
    folder, port = tmp_path_factory.mktemp("aimock"), free_port()
    words = Path(__file__).with_name("words.json")
    line = [node, str(AIMOCK), "-p", str(port), "-f", str(words), "--validate-on-load"]
    with started(line, folder / "said.txt", AIMOCK_API_KEYS=KEY) as process:
        ready(f"http://127.0.0.1:{port}/health", process)
        yield Server(f"http://127.0.0.1:{port}/v1", KEY)
