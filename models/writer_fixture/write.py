"""Writes a trained decoder as a folder that the product takes."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from train import SHAPE

from nearling.engines.local.bare.decoders.folder import write_folder
from nearling.engines.local.bare.decoders.graph import Layout
from nearling.engines.local.bare.decoders.weights import GivenWeights


def main(trained: str, folder: str, precision: str) -> None:
    with np.load(Path(trained, "weights.npz")) as stored:
        weights = {name: array.astype(np.float32) for name, array in stored.items()}
    tokens = Tokenizer.from_file(str(Path(trained, "tokenizer.json")))
    if precision == "fp32":
        graphs = {"model": Layout()}
    else:
        graphs = {f"model_{precision}": Layout(precision=precision, shared_embedding=True)}
    write_folder(Path(folder), SHAPE, GivenWeights(weights), tokens, graphs)


if __name__ == "__main__":
    main(*sys.argv[1:])
