"""Makes tokenizers as published language models have them: bytes in pairs, marks of a chat."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

END_OF_TEXT, BEGINS, ENDS = MARKS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
"""Of ChatML: who speaks stands between the second and a line's end."""
CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)


def learnt(texts: Iterable[str], size: int) -> Tokenizer:
    """A tokenizer of at most `size` tokens for such texts; digits stand alone, the marks last."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True),
         pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )  # fmt: skip
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size - len(MARKS),
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    made.train_from_iterator(texts, trainer)
    return _marked(made)


def filled_up(tokenizer: Tokenizer, size: int) -> Tokenizer:
    """With as many tokens as asked for; nothing is ever cut into those that come in."""
    told = json.loads(tokenizer.to_str())
    told["added_tokens"] = []
    words = told["model"]["vocab"]
    for number in range(len(words), size - len(MARKS)):
        words[f"@{number}"] = number
    return _marked(Tokenizer.from_str(json.dumps(told)))


def configuration(context: int) -> dict[str, Any]:
    """tokenizer_config.json."""
    return {
        "add_bos_token": False,
        "add_prefix_space": False,
        "bos_token": END_OF_TEXT,
        "chat_template": CHAT_TEMPLATE,
        "clean_up_tokenization_spaces": False,
        "eos_token": ENDS,
        "model_max_length": context,
        "pad_token": END_OF_TEXT,
        "tokenizer_class": "PreTrainedTokenizerFast",
        "unk_token": None,
    }


def _marked(tokenizer: Tokenizer) -> Tokenizer:
    tokenizer.add_special_tokens([AddedToken(mark, normalized=False) for mark in MARKS])
    return tokenizer
