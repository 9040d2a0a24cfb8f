"""Answers samples with a model.onnx written by Quern, in Python alone.

usage: python answer.py model.onnx samples.json

samples.json is a list of objects, field name to value, null or absent for missing; "-" reads
standard input. One line of JSON per sample is printed: the graph's outputs by name.
Needs: pip install onnxruntime numpy
"""

import json
import math
import sys

import numpy as np
import onnxruntime

EMPTY = "\ufdd0"  # stands for a text that is there but empty; "" stands for missing


def texts(values):
    encoded = ["" if v is None else EMPTY if v == "" else str(v) for v in values]
    return np.array(encoded, dtype=object).reshape(-1, 1)


def numbers(values):
    return np.array([math.nan if v is None else float(v) for v in values]).reshape(-1, 1)


def feed(session, samples):
    described = json.loads(session.get_modelmeta().custom_metadata_map["quern.inputs"])
    fields = {one["input"]: one["field"] for one in described if "encoding" in one}
    inputs = {}
    for value in session.get_inputs():
        if value.name not in fields:
            raise SystemExit(
                f"input {value.name} must be a field; found: a feature that Quern computes on the "
                "host; use quern predict or quern serve"
            )
        column = [sample.get(fields[value.name]) for sample in samples]
        inputs[value.name] = texts(column) if value.type == "tensor(string)" else numbers(column)
    return inputs


def main(model, file):
    with sys.stdin if file == "-" else open(file, encoding="utf-8") as source:
        samples = json.load(source)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    names = [value.name for value in session.get_outputs()]
    outputs = session.run(names, feed(session, samples))
    for i in range(len(samples)):
        answer = {name: column[i, 0] for name, column in zip(names, outputs)}
        plain = {n: v.item() if isinstance(v, np.generic) else v for n, v in answer.items()}
        print(json.dumps(plain, ensure_ascii=False))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(sys.argv[1], sys.argv[2])
