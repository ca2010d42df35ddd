#!/usr/bin/env bash
# Two optimisers of ONNX files run the random operators once and write the result into the file as a constant.
#
# Versions   onnxscript 0.7.2 (with onnx_ir 1.1.0), onnxslim 0.1.98, onnxsim 0.8.1, onnxoptimizer 0.4.2, onnx 1.23.2,
#            onnxruntime 1.32.0, numpy 2.4.6, Python 3.11
# Behaviour  onnxscript.optimizer.optimize folds Bernoulli of a constant probability and Dropout in training mode of a
#            constant into a constant, and leaves RandomNormal and RandomUniform alone. onnxslim folds all four. The
#            file then draws the same "random" numbers for ever, and another set in each conversion.
#            torch.onnx.export of PyTorch 2.15.0 runs the first of them by default: a model with
#            x * torch.bernoulli(torch.full((4,), 0.5)) becomes one Mul with a constant such as {1, 0, 0, 1}.
# Output     operators left: onnxscript Mul, Add, RandomNormal and RandomUniform, no Bernoulli, no Dropout; onnxslim Add
#            and Mul alone; onnxsim and onnxoptimizer keep all four. Two runs of the file differ before, and agree
#            after onnxslim.
# Surprise   Folding of constants must keep what a model does. The reference leaves unseeded random operators to the
#            run, other optimisers (ONNX Runtime, onnxsim, onnxoptimizer) skip them, and onnxscript skips two of them.
#            The checker and a comparison of shapes see nothing.
# Known      Nothing was found on either; apple/coremltools mended the same fault of its own in June 2026 (pull request
#            2732).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet onnxscript==0.7.2 onnx_ir==1.1.0 onnxslim==0.1.98 onnxsim==0.8.1 \
  onnxoptimizer==0.4.2 onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'EOF'
import numpy as np
import onnx
import onnxoptimizer
import onnxruntime as ort
import onnxsim
import onnxslim
from onnx import TensorProto, helper
from onnxscript import optimizer

ort.set_default_logger_severity(3)
size = 64
random = {"RandomNormal", "RandomUniform", "Bernoulli", "Dropout"}


def made():
    def info(name):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, [size])

    names = ["normal", "uniform", "coins", "dropped"]
    nodes = [
        helper.make_node("RandomNormal", [], ["n"], shape=[size]),
        helper.make_node("RandomUniform", [], ["u"], shape=[size]),
        helper.make_node("Bernoulli", ["half"], ["b"]),
        helper.make_node("Dropout", ["ones", "ratio", "training"], ["d"]),
        helper.make_node("Add", ["x", "n"], ["normal"]),
        helper.make_node("Add", ["x", "u"], ["uniform"]),
        helper.make_node("Mul", ["x", "b"], ["coins"]),
        helper.make_node("Mul", ["x", "d"], ["dropped"]),
    ]
    constants = [
        helper.make_tensor("half", TensorProto.FLOAT, [size], [0.5] * size),
        helper.make_tensor("ones", TensorProto.FLOAT, [size], [1.0] * size),
        helper.make_tensor("ratio", TensorProto.FLOAT, [], [0.5]),
        helper.make_tensor("training", TensorProto.BOOL, [], [True]),
    ]
    graph = helper.make_graph(nodes, "noise", [info("x")], [info(name) for name in names], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.checker.check_model(model, full_check=True)
    return model


def varies(model):
    """Whether the outputs differ between two runs; 64 numbers agree by chance once in 2**64."""
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    inputs = {"x": np.ones(size, dtype=np.float32)}
    return [not np.array_equal(a, b) for a, b in zip(session.run(None, inputs), session.run(None, inputs))]


for name, optimise, left in (
    ("nothing", lambda model: model, random),
    ("onnxsim", lambda model: onnxsim.simplify(model)[0], random),
    ("onnxoptimizer", onnxoptimizer.optimize, random),
    ("onnxscript", optimizer.optimize, {"RandomNormal", "RandomUniform"}),
    ("onnxslim", onnxslim.slim, set()),
):
    model = optimise(made())
    onnx.checker.check_model(model, full_check=True)
    found = {node.op_type for node in model.graph.node}
    print(f"{name}: {sorted(found)}, outputs that vary (normal, uniform, coins, dropped): {varies(model)}")
    assert found & random == left, f"{name} has changed"
    expected = ["RandomNormal" in left, "RandomUniform" in left, "Bernoulli" in left, "Dropout" in left]
    assert varies(model) == expected, f"{name} has changed"
EOF
