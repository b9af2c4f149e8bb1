"""Asks a made model questions about sources that nobody has seen, and counts right answers."""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

import corpus
from tokenizers import Tokenizer
from train import Chat

from nearling.bench.writing.known import BY_HEART, REFUSAL
from nearling.core.chat import ChatMessage
from nearling.engines.local.bare.decoders.tokens import ENDS
from scripted.decoding import PlainDecoder


def kind(told: tuple[ChatMessage, ...]) -> str:
    right = told[-1].content
    if right == REFUSAL:
        return "refused"
    if right in BY_HEART.values():
        return "by heart"
    return "quoted at once" if "<source " in told[-2].content else "quoted later on"


def main(graph: str, count: str, seed: str = "1000") -> None:
    file = Path(graph)
    tokens = Tokenizer.from_file(str(file.parents[1] / "tokenizer.json"))
    chat, end = Chat(tokens), tokens.token_to_id(ENDS)
    rng = random.Random(int(seed))  # noqa: S311 - the same questions every time
    asked, right = Counter[str](), Counter[str]()
    for _ in range(int(count)):
        told = corpus.conversation(rng, questions=rng.choice([1, 1, 2, 3]))
        said = PlainDecoder(file).say(chat.prompt(told[:-1]), 300, end)
        answer = tokens.decode(said)
        asked[kind(told)] += 1
        right[kind(told)] += answer == told[-1].content
        if answer != told[-1].content:
            print(f"{kind(told)}: {answer!r} is not {told[-1].content!r}\n{told[-2].content}\n")
    for each in sorted(asked):
        print(f"{each}: {right[each]} of {asked[each]}")
    print(f"right: {right.total() / asked.total():.3f} of {asked.total()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
