"""How people ask for each computation: shapes.txt."""

from pathlib import Path

from nearling.engines.local.built_in.shapes import Shapes

SHAPES = Shapes(Path(__file__).with_name("shapes.txt"))
