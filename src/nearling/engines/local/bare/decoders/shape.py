"""The shape of a decoder, in the words of its config.json."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Family = Literal["llama", "qwen2", "qwen3"]

_ARCHITECTURES: dict[Family, str] = {
    "llama": "LlamaForCausalLM",
    "qwen2": "Qwen2ForCausalLM",
    "qwen3": "Qwen3ForCausalLM",
}


@dataclass(frozen=True, slots=True)
class Shape:
    model_type: Family
    vocab_size: int
    hidden_size: int
    intermediate_size: int
    num_hidden_layers: int
    num_attention_heads: int
    num_key_value_heads: int
    head_dim: int
    max_position_embeddings: int
    rope_theta: float
    rms_norm_eps: float
    tie_word_embeddings: bool = True

    @property
    def has_projection_bias(self) -> bool:
        """Whether queries, keys and values are moved as well as turned."""
        return self.model_type == "qwen2"

    @property
    def has_head_norms(self) -> bool:
        """Whether each head's queries and keys are brought to one length."""
        return self.model_type == "qwen3"

    @property
    def query_width(self) -> int:
        return self.num_attention_heads * self.head_dim

    @property
    def key_width(self) -> int:
        return self.num_key_value_heads * self.head_dim

    def config(self) -> dict[str, Any]:
        """config.json, less the ids of the tokens that begin and end."""
        return {
            "architectures": [_ARCHITECTURES[self.model_type]],
            "attention_bias": self.has_projection_bias,
            "attention_dropout": 0.0,
            "head_dim": self.head_dim,
            "hidden_act": "silu",
            "hidden_size": self.hidden_size,
            "intermediate_size": self.intermediate_size,
            "max_position_embeddings": self.max_position_embeddings,
            "model_type": self.model_type,
            "num_attention_heads": self.num_attention_heads,
            "num_hidden_layers": self.num_hidden_layers,
            "num_key_value_heads": self.num_key_value_heads,
            "rms_norm_eps": self.rms_norm_eps,
            "rope_theta": self.rope_theta,
            "tie_word_embeddings": self.tie_word_embeddings,
            "torch_dtype": "float32",
            "use_cache": True,
            "vocab_size": self.vocab_size,
        }

    def parameters(self) -> dict[str, tuple[int, ...]]:
        """The size of every parameter under the name that its checkpoint has for it."""
        sizes: dict[str, tuple[int, ...]] = {
            "model.embed_tokens.weight": (self.vocab_size, self.hidden_size)
        }
        for layer in range(self.num_hidden_layers):
            sizes |= self._of_layer(f"model.layers.{layer}")
        sizes["model.norm.weight"] = (self.hidden_size,)
        if not self.tie_word_embeddings:
            sizes["lm_head.weight"] = (self.vocab_size, self.hidden_size)
        return sizes

    def _of_layer(self, layer: str) -> dict[str, tuple[int, ...]]:
        width, inner = self.hidden_size, self.intermediate_size
        sizes: dict[str, tuple[int, ...]] = {f"{layer}.input_layernorm.weight": (width,)}
        rows = {"q": self.query_width, "k": self.key_width, "v": self.key_width}
        for which, count in rows.items():
            sizes[f"{layer}.self_attn.{which}_proj.weight"] = (count, width)
            if self.has_projection_bias:
                sizes[f"{layer}.self_attn.{which}_proj.bias"] = (count,)
        if self.has_head_norms:
            for which in "qk":
                sizes[f"{layer}.self_attn.{which}_norm.weight"] = (self.head_dim,)
        return sizes | {
            f"{layer}.self_attn.o_proj.weight": (width, self.query_width),
            f"{layer}.post_attention_layernorm.weight": (width,),
            f"{layer}.mlp.gate_proj.weight": (inner, width),
            f"{layer}.mlp.up_proj.weight": (inner, width),
            f"{layer}.mlp.down_proj.weight": (width, inner),
        }
