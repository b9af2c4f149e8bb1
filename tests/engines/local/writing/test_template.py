"""Chat templates: as their models expect them, and none that does harm."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nearling.core.chat import ChatMessage
from nearling.core.errors import UnusableModel
from nearling.engines.local.writing.template import Template

CHAT = (
    ChatMessage("system", "Be brief."),
    ChatMessage("user", "Hello  "),
    ChatMessage("assistant", "Hi."),
    ChatMessage("user", "Who?"),
)
CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message['content'] }}"
    "<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
LLAMA = """{{- bos_token }}
{%- set date = strftime_now("%d %b %Y") %}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- endif %}
{{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
{{- "Today: " + date + "\\n\\n" ~ system_message + "<|eot_id|>" }}
{%- for message in messages %}
    {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' }}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{%- endif %}"""  # noqa: E501
STRICT = """{{ bos_token }}{% if messages[0]['role'] == 'system' %}
{{ raise_exception('System role not supported') }}
{% endif %}
{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}
{{ raise_exception('Roles must alternate') }}{% endif %}
[{{ message['role'] | upper }}] {{ message['content'] | trim }}
{% endfor %}"""


def folder_with(folder: Path, template: object, **config: object) -> Path:
    config |= {"chat_template": template} if template is not None else {}
    (folder / "tokenizer_config.json").write_text(json.dumps(config))
    return folder


def put(folder: Path, template: str, **config: object) -> str:
    return Template(folder_with(folder, template, **config)).render(CHAT)


def test_a_conversation_is_put_as_the_model_wants_it(tmp_path: Path) -> None:
    assert put(tmp_path, CHATML) == (
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHello  <|im_end|>\n"
        "<|im_start|>assistant\nHi.<|im_end|>\n<|im_start|>user\nWho?<|im_end|>\n"
        "<|im_start|>assistant\n"
    )


def test_a_template_knows_the_special_tokens_and_one_moment(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, LLAMA, bos_token={"content": "<s>"})
    template = Template(folder, datetime(2026, 2, 3, tzinfo=UTC))
    assert template.render(CHAT).startswith(
        "<s><|start_header_id|>system<|end_header_id|>\n\nToday: 03 Feb 2026\n\nBe brief.<|eot_id|>"
        "<|start_header_id|>user<|end_header_id|>\n\nHello<|eot_id|>"
    )


def test_where_there_is_no_system_it_stands_in_the_first_question(tmp_path: Path) -> None:
    text = put(tmp_path, STRICT, bos_token="<s>")
    assert text == "<s>[USER] Be brief.\n\nHello\n[ASSISTANT] Hi.\n[USER] Who?\n"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{% generation %}a{{ 1 + 1 }}{% endgeneration %}", "a2"),
        ("{{ {'ü': '<', 'a': [1, none]} | tojson }}", '{"ü": "<", "a": [1, null]}'),
        ("{{ messages | tojson(indent=1) | length > 100 }}", "True"),
        ("{% for m in messages %}{% if loop.first %}{% continue %}{% endif %}"
         "{{ m.role[0] }}{{ loop.index }}{% if loop.last %}!{% endif %}{% endfor %}", "u2a3u4!"),
        ("{% for m in messages | selectattr('role', 'equalto', 'user') %}{{ loop.length }}"
         "{{ m.content.strip() }};{% endfor %}", "2Hello;2Who?;"),
        ("{% set ns = namespace(n=0) %}{% for m in messages %}{% set ns.n = ns.n + 1 %}"
         "{% endfor %}{{ ns.n }}", "4"),
        ("{% macro put(x) %}<{{ x }}>{% endmacro %}{{ put('a') ~ put(2) }}", "<a><2>"),
        ("{{ messages[1].content.split('l')[-1] ~ '|' ~ 'a-b'.replace('-', '+') }}", "o  |a+b"),
        ("{{ messages[::-1][0].content }}{{ tools is none }}{{ enable_thinking }}", "Who?TrueFalse"),  # noqa: E501
        ("{{ ', '.join(['a', 'b']) }}{{ ['c', 'd'] | join('; ') }}", "a, bc; d"),
        ("{{ 2 ** 3 }} {{ 7 // 2 }} {{ 7 % 2 }} {{ '-' * 3 }}", "8 3 1 ---"),
        ("{% for k, v in {'a': 1}.items() %}{{ k }}{{ v }}{% endfor %}", "a1"),
        ("a\n  {% if true %}\nb\n  {% endif %}\n", "a\nb\n"),
    ],
)  # fmt: skip
def test_what_templates_use_is_there(tmp_path: Path, template: str, text: str) -> None:
    assert put(tmp_path, template) == text


HOSTILE = {
    "loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "idle loops": "{% for a in range(9999) %}{% for b in range(99999) if false %}{% endfor %}"
    "{% endfor %}",
    "lazy loops": "{% for a in range(9999) %}{% for b in range(99999) | select('odd') %}"
    "{% endfor %}{% endfor %}",
    "huge range": "{% for a in range(10 ** 12) %}{% endfor %}",
    "recursion": "{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}",
    "branching recursion": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}"
    "{% endmacro %}{{ m(40) }}",
    "tree": "{% set ns = namespace(t=[]) %}{% for a in range(40) %}{% set ns.t = [ns.t, ns.t] %}"
    "{% endfor %}{% for a in ns.t recursive %}{{ loop(a) }}{% endfor %}",
    "tree as text": "{% set ns = namespace(t=[]) %}{% for a in range(40) %}"
    "{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ ns.t }}",
    "tree as json": "{% set ns = namespace(t=[]) %}{% for a in range(40) %}"
    "{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ ns.t | tojson }}",
    "compared trees": "{% set ns = namespace(s=[], t=[]) %}{% for a in range(40) %}"
    "{% set ns.s = [ns.s, ns.s] %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ ns.s == ns.t }}",
    "doubled text": "{% set ns = namespace(s='ab') %}{% for a in range(60) %}"
    "{% set ns.s = ns.s ~ ns.s %}{% endfor %}{{ ns.s }}",
    "added text": "{% set ns = namespace(s='ab') %}{% for a in range(60) %}"
    "{% set ns.s = ns.s + ns.s %}{% endfor %}{{ ns.s }}",
    "set block": "{% set ns = namespace(s='ab') %}{% for a in range(60) %}"
    "{% set ns.s %}{{ ns.s }}{{ ns.s }}{% endset %}{% endfor %}{{ ns.s }}",
    "doubled list": "{% set ns = namespace(s=[1]) %}{% for a in range(60) %}"
    "{% set ns.s = ns.s + ns.s %}{% endfor %}{{ ns.s | length }}",
    "repeated text": "{{ 'ab' * 10 ** 10 }}",
    "repeated list": "{{ [1] * 10 ** 10 }}",
    "power": "{{ 10 ** 10 ** 10 }}",
    "large numbers": "{% set ns = namespace(n=10) %}{% for a in range(60) %}"
    "{% set ns.n = ns.n * ns.n %}{% endfor %}{{ ns.n }}",
    "wide form": "{{ '%999999999d' % 1 }}",
    "format": "{{ '{:999999999}'.format(1) }}",
    "wide filter": "{{ 'a' | center(999999999) }}",
    "wide method": "{{ 'a'.ljust(999999999) }}",
    "bytes": "{{ (1).to_bytes(999999999, 'big') }}",
    "replace": "{{ ('a' * 900000).replace('a', 'b' * 900000) | length }}",
    "join": "{{ ('b' * 900000).join(['a'] * 900000) | length }}",
    "filters that grow": "{{ (['a'] * 900000) | join('b' * 900000) | length }}",
    "indent": "{{ ('a\n' * 9) | indent(999999999) }}",
    "indented json": "{{ messages | tojson(indent=999999999) }}",
    "long text between": "{% for a in range(9999) %}" + "x" * 9999 + "{% endfor %}",
    "class": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "globals": "{{ raise_exception.__globals__['os'] }}",
    "attr filter": "{{ '' | attr('__class__') }}",
    "map attribute": "{{ ([''] | map(attribute='__class__') | first).__mro__ }}",
    "self": "{{ self.__init__.__globals__ }}",
    "lipsum": "{{ lipsum.__globals__.os.popen('id').read() }}",
    "cycler": "{{ cycler.__init__.__globals__ }}",
    "include": "{% include '/etc/passwd' %}",
    "append": "{% if messages.append(1) %}{% endif %}",
    "objection": "{{ raise_exception('no') }}",
    "syntax": "{% for %}",
    "deep": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "long": "{# " + "x" * 300_000 + " #}",
    "missing": "{{ messages[99].content.strip() }}",
    "nothing": "{# nothing #}",
    "number as text": "{{ 1 + 'a' }}",
}


@pytest.mark.parametrize("template", HOSTILE.values(), ids=HOSTILE)
def test_a_template_that_does_harm_is_refused_with_a_sentence(
    tmp_path: Path, template: str
) -> None:
    with pytest.raises(UnusableModel, match="chat template") as refused:
        put(tmp_path, template)
    assert refused.value.remedy
    assert "x" * 50 not in refused.value.sentence


def test_a_long_conversation_is_no_harm(tmp_path: Path) -> None:
    template = Template(folder_with(tmp_path, LLAMA, bos_token=""))
    chat = [CHAT[0], *[ChatMessage("user", "word " * 20_000)] * 40]
    assert len(template.render(chat)) > 3_000_000


def test_it_is_found_wherever_models_put_it(tmp_path: Path) -> None:
    named = [{"name": "tool_use", "template": "t"}, {"name": "default", "template": "d"}]
    assert Template(folder_with(tmp_path, named)).render(CHAT) == "d"
    (tmp_path / "tokenizer_config.json").unlink()
    (tmp_path / "chat_template.json").write_text('{"chat_template": "j"}')
    assert Template(tmp_path).render(CHAT) == "j"
    (tmp_path / "chat_template.jinja").write_text("f")
    assert Template(tmp_path).render(CHAT) == "f"


def test_without_one_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnusableModel, match="no chat template"):
        Template(folder_with(tmp_path, None))


@pytest.mark.parametrize("content", ["{", "[]", "\ud83d"])
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "tokenizer_config.json"
    file.write_bytes(content.encode("utf-16" if content == "\ud83d" else "utf-8", "surrogatepass"))
    with pytest.raises(UnusableModel, match=r"tokenizer_config\.json"):
        Template(tmp_path)
