#!/usr/bin/env bash
# onnxmltools leaves out what LightGBM does beside its trees: the file predicts something else, without a warning.
#
# Versions   onnxmltools 1.16.0, skl2onnx 1.20.0, lightgbm 4.7.0, onnx 1.23.2, onnxruntime 1.32.0,
#            scikit-learn 1.9.1, numpy 2.4.6, Python 3.11
# Behaviour  Each of these options changes what LightGBM predicts, is written into its model, and is ignored by
#            convert_lightgbm: linear_tree=True (the linear models in the leaves), reg_sqrt=True (the square at the
#            end), sigmoid=2.0 (the slope of the sigmoid), objective="multiclassova" (a sigmoid for each class, not a
#            softmax), zero_as_missing=True (the way a zero takes).
#            boosting_type="rf" converts, but the sum of the trees is divided by the constant 100, the default number of
#            trees, whatever the number is: a forest of 20 trees predicts exactly a fifth of what it should.
# Output     the largest difference to LightGBM on the data of the training: plain 3e-6; linear_tree 3.5;
#            reg_sqrt 10; sigmoid 0.15 and multiclassova 0.29 of a probability; zero_as_missing 0.25;
#            rf of 100 trees 1e-5, rf of 20 trees: all outputs 0.2 times what LightGBM predicts
# Surprise   For an objective that it does not know, the same converter raises a RuntimeError, so what converts
#            seems to be supported. The checker passes and the shapes are right.
# Known      Nothing was found on onnxmltools; other converters of LightGBM had to add the mean of "rf", too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet onnxmltools==1.16.0 skl2onnx==1.20.0 lightgbm==4.7.0 onnx==1.23.2 \
  onnxruntime==1.32.0 scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1 onnxconverter-common==1.16.0
"$folder/venv/bin/python" - <<'EOF'
import warnings

import lightgbm as lgb
import numpy as np
import onnx
import onnxruntime as ort
from onnxmltools import convert_lightgbm
from onnxmltools.convert.common.data_types import FloatTensorType

warnings.filterwarnings("ignore", message="X does not have valid feature names")
ort.set_default_logger_severity(3)
rng = np.random.default_rng(0)
x = rng.normal(size=(500, 6)).astype(np.float32)
x[::3, 0] = 0
x[1::5] = 0
value = 2 * x[:, 0] + np.sin(3 * x[:, 1]) + rng.normal(size=500) + 10
kinds = np.digitize(value, [9, 11])
common = dict(verbose=-1, n_jobs=1, deterministic=True, seed=0)
forest = dict(boosting_type="rf", bagging_freq=1, bagging_fraction=0.7)


def outputs(model):
    file = convert_lightgbm(model, initial_types=[("x", FloatTensorType([None, 6]))])
    onnx.checker.check_model(file, full_check=True)
    result = ort.InferenceSession(file.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"x": x})
    if isinstance(model, lgb.LGBMRegressor):
        return result[0].ravel(), model.predict(x)
    return np.array([[row[name] for name in sorted(row)] for row in result[1]]), model.predict_proba(x)


def difference(model):
    seen, expected = outputs(model)
    return np.abs(seen - expected).max()


def regression(trees=20, **options):
    return lgb.LGBMRegressor(n_estimators=trees, **common, **options).fit(x, value)


def classes(y, **options):
    return lgb.LGBMClassifier(n_estimators=20, **common, **options).fit(x, y)


for name, model, low, high in (
    ("plain regression", regression(), 0, 1e-4),
    ("plain classes", classes(kinds), 0, 1e-4),
    ("linear_tree", regression(linear_tree=True), 0.5, 1e9),
    ("reg_sqrt", regression(reg_sqrt=True), 1, 1e9),
    ("sigmoid=2", classes((value > 10).astype(int), sigmoid=2.0), 0.05, 1),
    ("multiclassova", classes(kinds, objective="multiclassova"), 0.05, 1),
    ("zero_as_missing", regression(zero_as_missing=True), 0.1, 1e9),
    ("rf of 100 trees", regression(100, **forest), 0, 1e-3),
):
    found = float(difference(model))
    print(f"{name}: largest difference {found:.2g}")
    assert low <= found <= high, f"{name} has changed"

seen, expected = outputs(regression(20, **forest))
print("rf of 20 trees: the file predicts", seen[:3], "and LightGBM", expected[:3])
assert np.allclose(seen, expected / 5, rtol=1e-4), "rf has changed"
EOF
