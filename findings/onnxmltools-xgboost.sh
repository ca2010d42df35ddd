#!/usr/bin/env bash
# onnxmltools converts plain boosted trees of XGBoost rightly; forests of several classes, DART, two targets and two
# common objectives come out wrong, without a message.
#
# Versions   xgboost 3.4.1, onnxmltools 1.16.0, skl2onnx 1.20.0, onnx 1.23.2, onnxruntime 1.32.0, scikit-learn 1.9.1;
#            numpy 2.4.6 on Python 3.11, numpy 2.5.5 on Python 3.12
# Behaviour  Several trees a round (num_parallel_tree, XGBRFClassifier) with three classes: tree i is given to class
#            i % 3, while XGBoost's own tree_info reads 0 0 0 1 1 1 2 2 2. Dropout (rate_drop, with or without
#            booster="dart"): weight_drop is not read. Two targets: the second column is 0. objective="reg:logistic":
#            log-odds come out. objective="multi:softmax": the output named "probabilities" holds raw scores.
# Output     largest difference on 600 rows: regressor, two and three classes, forest of two classes below 1e-5;
#            forest of three classes 0.49; num_parallel_tree=3 0.70 and 63 % of the labels; rate_drop=0.3 5.6;
#            reg:logistic 5.29 where XGBoost says 0.99
# Surprise   The checker passes, the plain models are right to 1e-5, and the converter refuses by an error what it
#            knows it cannot do (missing=0, XGBRanker).
# Known      Nothing was found on forests or DART; onnx/onnxmltools#771 mended binary:logistic of XGBRegressor.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/env"
# XGBoost's wheel asks for a CUDA library of hundreds of megabytes that a processor has no use for: no dependencies here.
"$work/env/bin/pip" install -q onnxmltools==1.16.0 skl2onnx==1.20.0 onnx==1.23.2 onnxruntime==1.32.0 \
  scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1
"$work/env/bin/pip" install -q --no-deps xgboost==3.4.1
"$work/env/bin/python" - <<'PY'
import numpy as np
import onnx
import onnxmltools
import onnxruntime
import xgboost as xgb
from onnxmltools.convert.common.data_types import FloatTensorType

rng = np.random.RandomState(0)
x = rng.randn(600, 5).astype("float32")
y = x[:, 0] * 2 + x[:, 1] ** 2 + rng.randn(600) * 0.1
binary = (y > y.mean()).astype(int)
classes = np.digitize(y, np.quantile(y, [0.33, 0.66]))


def run(model):
    converted = onnxmltools.convert_xgboost(model, initial_types=[("x", FloatTensorType([None, 5]))])
    onnx.checker.check_model(converted)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(converted.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x})


def off(name, model, label):
    model.set_params(n_jobs=1, random_state=0).fit(x, label)
    probabilities = hasattr(model, "predict_proba")
    want = model.predict_proba(x) if probabilities else model.predict(x)
    got = np.asarray(run(model)[1 if probabilities else 0])
    difference = float(np.abs(want.reshape(len(x), -1) - got.reshape(len(x), -1)).max())
    print(f"{name:45} largest difference {difference:.6f}")
    return difference


few = {"n_estimators": 15}
assert off("regressor", xgb.XGBRegressor(**few), y) < 1e-4
assert off("two classes", xgb.XGBClassifier(**few), binary) < 1e-4
assert off("three classes", xgb.XGBClassifier(**few), classes) < 1e-4
assert off("forest, regression", xgb.XGBRFRegressor(), y) < 1e-4
assert off("forest, two classes", xgb.XGBRFClassifier(), binary) < 1e-4
assert off("forest, three classes", xgb.XGBRFClassifier(), classes) > 0.3
parallel = xgb.XGBClassifier(**few, num_parallel_tree=3, subsample=0.7)
assert off("num_parallel_tree=3, three classes", parallel, classes) > 0.4
wrong = float((parallel.predict(x) != np.asarray(run(parallel)[0]).ravel()).mean())
print("share of labels that differ", wrong)
assert wrong > 0.3
assert off("dart, by booster", xgb.XGBRegressor(**few, booster="dart", rate_drop=0.3), y) > 1
assert off("dart, by rate_drop alone", xgb.XGBRegressor(**few, rate_drop=0.3), y) > 1
two = xgb.XGBRegressor(**few, n_jobs=1).fit(x, np.c_[y, -y])
first = np.asarray(run(two)[0])
print("two targets: XGBoost", two.predict(x)[0], "ONNX", first[0])
assert np.abs(two.predict(x)[:, 1]).max() > 1 and np.all(first[:, 1] == 0)
logistic = xgb.XGBRegressor(**few, objective="reg:logistic", n_jobs=1).fit(x, binary)
print("reg:logistic: XGBoost", logistic.predict(x)[0], "ONNX", np.ravel(run(logistic)[0])[0])
assert logistic.predict(x).max() <= 1 < np.max(run(logistic)[0])
softmax = xgb.XGBClassifier(**few, objective="multi:softmax", n_jobs=1).fit(x, classes)
print("multi:softmax: XGBoost", softmax.predict_proba(x)[0], "ONNX", np.asarray(run(softmax)[1])[0])
assert np.asarray(run(softmax)[1]).min() < 0
print("still so")
PY
