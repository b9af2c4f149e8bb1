"""How much of a writer's context a question takes before it is asked: an estimate, in tokens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nearling.assistant.capacity import estimated
from nearling.assistant.leafing import leafed
from nearling.assistant.routing import Rules, Unroutable, choose_route
from nearling.core.prompt import Prompt
from nearling.core.writers import WriterProfile
from nearling.engines.pool import Candidate


@dataclass(frozen=True, slots=True)
class Weight:
    tokens: int
    """On the long side."""
    writer: WriterProfile
    """Who would answer it."""

    @property
    def room(self) -> int:
        """Tokens of a prompt that leave enough for an answer."""
        return self.writer.context_length - self.writer.answer_tokens


def weigh(prompt: Prompt, candidates: Iterable[Candidate], rules: Rules) -> Weight | None:
    needs = estimated(leafed(prompt)[0])
    profiles = {candidate.profile.id: candidate.profile for candidate in candidates}
    route = choose_route(needs, profiles.values(), rules)
    if isinstance(route, Unroutable):
        return None
    return Weight(needs.size.tokens, profiles[route.writer])
