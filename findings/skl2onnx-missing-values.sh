#!/usr/bin/env bash
# skl2onnx drops what trees and forests of scikit-learn learnt about missing values: NaN takes the wrong branch.
#
# Versions   scikit-learn 1.9.1, skl2onnx 1.20.0, onnx 1.23.2, onnxruntime 1.32.0; numpy 2.4.6 on Python 3.11,
#            numpy 2.5.5 on Python 3.12
# Behaviour  DecisionTree, RandomForest and ExtraTrees take NaN at fit and at predict. In their ONNX files
#            nodes_missing_value_tracks_true is 0 at every node, since tree_.missing_go_to_left is never read.
# Output     rows without NaN differ by less than 1e-5; rows with NaN: a tree by 8.9 in 60 % of them, forests by 9 in
#            all of them (the target has a standard deviation of 2.5), a classifier by 0.95 of a probability
# Surprise   ONNX has an attribute for exactly this, the checker passes, and the usual test on clean rows does, too.
# Known      onnx/sklearn-onnx#1253 (July 2026); the newest release still does it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/env"
"$work/env/bin/pip" install -q scikit-learn==1.9.1 skl2onnx==1.20.0 onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
"$work/env/bin/python" - <<'PY'
import numpy as np
import onnx
import onnxruntime
from skl2onnx import to_onnx
from sklearn.ensemble import ExtraTreesRegressor, RandomForestClassifier, RandomForestRegressor
from sklearn.tree import DecisionTreeRegressor

rng = np.random.RandomState(0)
x = rng.randn(600, 5).astype("float32")
y = x[:, 0] * 2 + x[:, 1] ** 2 + rng.randn(600) * 0.1
x[rng.rand(600, 5) < 0.2] = np.nan
missing = np.isnan(x).any(axis=1)
assert 100 < missing.sum() < 500

for model in (
    DecisionTreeRegressor(max_depth=6, random_state=0),
    RandomForestRegressor(20, random_state=0),
    ExtraTreesRegressor(20, random_state=0),
    RandomForestClassifier(20, random_state=0),
):
    classifier = hasattr(model, "predict_proba")
    model.fit(x, y > y.mean() if classifier else y)
    converted = to_onnx(model, x[:1], options={"zipmap": False} if classifier else None)
    onnx.checker.check_model(converted)
    trees = getattr(model, "estimators_", [model])
    assert any(np.asarray(tree.tree_.missing_go_to_left).any() for tree in trees)
    session = onnxruntime.InferenceSession(converted.SerializeToString(), providers=["CPUExecutionProvider"])
    got = session.run(None, {session.get_inputs()[0].name: x})[1 if classifier else 0]
    want = model.predict_proba(x) if classifier else model.predict(x).reshape(-1, 1)
    difference = np.abs(want - got).max(axis=1)
    share = (difference[missing] > 1e-3).mean()
    print(
        f"{type(model).__name__:24} largest difference without NaN {difference[~missing].max():.6f},"
        f" with NaN {difference[missing].max():.3f} in {share:.0%} of those rows"
    )
    assert difference[~missing].max() < 1e-4
    assert share > 0.4 and difference[missing].max() > (0.3 if classifier else 2)
print("still so")
PY
