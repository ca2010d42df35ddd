#!/usr/bin/env bash
# treelite and Hummingbird give other probabilities than scikit-learn for gradient boosting with the exponential loss.
#
# Versions   treelite 4.8.1, hummingbird-ml 0.4.12, skl2onnx 1.20.0, scikit-learn 1.9.1, onnxruntime 1.32.0, torch 2.15.0,
#            numpy 2.5.5 on Python 3.12
# Behaviour  GradientBoostingClassifier(loss="exponential"), AdaBoost's loss, has probabilities sigmoid(2 d) of its decision
#            function d. The two read the trees, never the loss: treelite returns sigmoid(d), Hummingbird the same of a d that
#            begins at twice the prior.
# Output     20 trees: a probability differs by 0.15 and 0.16; loss="log_loss": right in both; skl2onnx: right for either loss
# Surprise   The labels of treelite are right, since d = 0 stays 0.5, so that accuracy shows nothing; what is sent to a threshold other
#            than 0.5, to a ranking over several models or to a cost is wrong. Models that they do not take are refused.
# Known      Looked in vain in the issues of dmlc/treelite and microsoft/hummingbird for exponential loss.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet treelite==4.8.1 hummingbird-ml==0.4.12 skl2onnx==1.20.0 scikit-learn==1.9.1 \
  onnxruntime==1.32.0 torch==2.15.0 numpy==2.5.5
"$folder/venv/bin/python" - <<'PY'
import hummingbird.ml
import numpy as np
import onnxruntime as ort
import treelite
from skl2onnx import to_onnx
from sklearn.ensemble import GradientBoostingClassifier

random = np.random.default_rng(0)
X = random.standard_normal((400, 4)).astype("float32")
y = (X[:, 0] + X[:, 1] ** 2 > 0.7).astype(int)
for loss, factor in (("log_loss", 1), ("exponential", 2)):
    model = GradientBoostingClassifier(loss=loss, n_estimators=20, random_state=0).fit(X, y)
    raw, right = model.decision_function(X), model.predict_proba(X)[:, 1]
    assert np.allclose(right, 1 / (1 + np.exp(-factor * raw)))
    file = to_onnx(model, X[:1], options={"zipmap": False}).SerializeToString()
    told = {
        "treelite": treelite.gtil.predict(treelite.sklearn.import_model(model), X).ravel(),
        "Hummingbird": hummingbird.ml.convert(model, "pytorch").predict_proba(X)[:, 1],
        "skl2onnx": ort.InferenceSession(file).run(None, {"X": X})[1][:, 1],
    }
    for tool, given in told.items():
        off = abs(given - right).max()
        print(f"{loss}: {tool} is off by {off:.2g}")
        if loss == "exponential" and tool != "skl2onnx":
            assert off > 0.1, f"{tool} heeds the loss now"
            start = np.log(y.mean() / (1 - y.mean())) / 2 if tool == "Hummingbird" else 0
            assert np.allclose(given, 1 / (1 + np.exp(-raw - start)), atol=1e-5)
        else:
            assert off < 1e-5
PY
