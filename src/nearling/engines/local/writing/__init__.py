"""Writes with a language model on this computer: ONNX graphs run by plain onnxruntime."""
