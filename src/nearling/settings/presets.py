"""Endpoints that many people use, so that nobody has to look up their addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nearling.core.endpoints import Dialect
from nearling.core.errors import NotFound
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.core.writers import Zone
from nearling.settings.addresses import promised_zone


@dataclass(frozen=True, slots=True)
class Preset:
    name: str
    """What it is asked for by, and what an endpoint made from it is called if nobody says else."""
    title: str
    base_url: str
    """With words in braces where the person's own have to stand."""
    variable: str = ""
    """The environment variable that usually holds its key."""
    needs_key: bool = True
    note: str = ""
    """In English; said translated."""
    dialect: Dialect = Dialect.OPENAI
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_template(self) -> bool:
        """Whether the address has to be completed first."""
        return "{" in self.base_url

    @property
    def zone(self) -> Zone:
        return promised_zone(self.base_url)


PRESETS = (
    Preset("openai", "OpenAI", "https://api.openai.com/v1", "OPENAI_API_KEY"),
    Preset(
        "openrouter",
        "OpenRouter",
        "https://openrouter.ai/api/v1",
        "OPENROUTER_API_KEY",
        note=marked(
            "Passes questions on to other providers; it can be told which of them may keep data."
        ),
    ),
    Preset(
        "xroute",
        "XRoute.AI",
        "https://api.xroute.ai/openai/v1",
        "XROUTE_API_KEY",
        note=marked("Passes questions on to other providers."),
    ),
    Preset("groq", "Groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY"),
    Preset("mistral", "Mistral", "https://api.mistral.ai/v1", "MISTRAL_API_KEY"),
    Preset(
        "google",
        "Google Gemini",
        "https://generativelanguage.googleapis.com/v1beta/openai",
        "GEMINI_API_KEY",
        note=marked("The address at which Gemini speaks as OpenAI does."),
    ),
    Preset(
        "anthropic",
        "Anthropic",
        "https://api.anthropic.com/v1",
        "ANTHROPIC_API_KEY",
        note=marked("Anthropic offers this form of its interface for trying it out."),
    ),
    Preset(
        "azure",
        "Azure OpenAI",
        "https://{resource}.openai.azure.com/openai/deployments/{deployment}",
        "AZURE_OPENAI_API_KEY",
        note=marked("One endpoint for each deployment; the model is what it deploys."),
        dialect=Dialect.AZURE,
        query={"api-version": "2024-10-21"},
    ),
    Preset(
        "litellm",
        "LiteLLM",
        "http://127.0.0.1:4000/v1",
        "LITELLM_API_KEY",
        needs_key=False,
        note=marked("Passes questions on to whatever it is set up with, the cloud included."),
    ),
    Preset("vllm", "vLLM", "http://127.0.0.1:8000/v1", "VLLM_API_KEY", needs_key=False),
    Preset("llama.cpp", "llama.cpp", "http://127.0.0.1:8080/v1", "LLAMA_API_KEY", needs_key=False),
    Preset(
        "ollama",
        "Ollama",
        "http://127.0.0.1:11434/v1",
        needs_key=False,
        note=marked("Models whose names end in cloud are computed by Ollama's makers."),
    ),
    Preset("lm-studio", "LM Studio", "http://127.0.0.1:1234/v1", needs_key=False),
)


def preset(name: str) -> Preset:
    """Raises NotFound."""
    for each in PRESETS:
        if each.name == name:
            return each
    raise NotFound(
        _("There is no preset {name}.").format(name=name),
        _("The presets are: {names}.").format(names=", ".join(each.name for each in PRESETS)),
    )
