#!/usr/bin/env bash
# PEFT's adapters of convolutions answer otherwise before they are merged than after: OFT above 1x1, eight others where zeros do not pad.
#
# Versions   peft 0.21.2, torch 2.15.0, transformers 5.23.0, numpy 2.5.5 on Python 3.12
# Behaviour  1. OFT on a Conv2d with a kernel above 1: the layer cuts the input into patches that overlap, turns them and adds
#               them up again, so that a pixel counts as often as it was in a patch, nine times for 3x3. A new adapter, whose
#               rotation is the identity, changes the model. merge_and_unload gives the model that it was.
#            2. padding_mode other than "zeros": LoRA, DoRA, AdaLoRA, LoHa, LoKr and HiRA pad with zeros in the branch of the
#               adapter, BOFT and HRA in the whole layer. Merged, the layer answers as one that is fed a padded image.
# Output     1. a kernel that copies its input, fed with ones: 1, with a new OFT adapter 9, merged 1; kernel 1x1: right
#            2. random weights of size 0.2, padding_mode="reflect": outputs change by 0.1 to 6 and differ by 0.06 to 4.5 between
#               merged and not merged, at the border alone; new adapters of BOFT and HRA change the outputs by 1; "zeros": right
# Surprise   Merging is meant to save time and memory. The model that was trained and validated is not the one that is exported.
# Known      1: a public repository, v-code01/oftfold, describes it for 0.19.1. 2: for LoRA huggingface/peft#3697 (September 2026),
#            mended by #3758, open; nothing was found about the other methods.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet peft==0.21.2 torch==2.15.0 transformers==5.23.0 numpy==2.5.5
cat >"$folder/shown.py" <<'PY'
import copy

import peft
import torch

METHODS = {
    "LoRA": peft.LoraConfig(r=2, target_modules=["0"]),
    "DoRA": peft.LoraConfig(r=2, target_modules=["0"], use_dora=True),
    "AdaLoRA": peft.AdaLoraConfig(init_r=2, target_r=2, total_step=10, target_modules=["0"]),
    "LoHa": peft.LoHaConfig(r=2, target_modules=["0"]),
    "LoKr": peft.LoKrConfig(r=2, target_modules=["0"]),
    "HiRA": peft.HiraConfig(r=2, target_modules=["0"]),
    "BOFT": peft.BOFTConfig(boft_block_size=4, target_modules=["0"]),
    "HRA": peft.HRAConfig(r=2, target_modules=["0"]),
}


def copying(side):
    model = torch.nn.Sequential(torch.nn.Conv2d(1, 1, side, padding=side // 2, bias=False))
    torch.nn.init.dirac_(model[0].weight)
    ones = torch.ones(1, 1, 7, 7)
    assert model(ones).equal(ones)
    tuned = peft.get_peft_model(model, peft.OFTConfig(oft_block_size=side, target_modules=["0"])).eval()
    new = tuned(ones)[0, 0, 3, 3].item()
    return new, tuned.merge_and_unload()(ones)[0, 0, 3, 3].item()


def answers(config, padding):
    """Of the model, a new adapter, a trained one and a merged one; without a padding the image is padded by hand."""
    torch.manual_seed(0)
    options = {"padding": 1, "padding_mode": padding} if padding else {}
    model = torch.nn.Sequential(torch.nn.Conv2d(4, 8, 3, **options))
    image = torch.randn(2, 4, 8, 8)
    if not padding:
        image = torch.nn.functional.pad(image, (1, 1, 1, 1), mode="reflect")
    given = model(image)
    tuned = peft.get_peft_model(model, copy.deepcopy(config)).eval()
    new = tuned(image)
    for weight in tuned.parameters():
        if weight.requires_grad:
            weight.data += 0.2 * torch.randn_like(weight)
    trained = tuned(image)
    return given, new, trained, tuned.merge_and_unload()(image)


def off(one, other):
    return float((one - other).abs().max())


with torch.no_grad():
    print("OFT, new and merged:", copying(3), "1x1:", copying(1))
    assert copying(1) == (1, 1)
    assert copying(3)[1] == 1
    assert copying(3)[0] == 9, "OFT is right now"
    for name, config in METHODS.items():
        given, new, trained, merged = answers(config, "zeros")
        assert off(new, given) < 1e-5 and off(trained, merged) < 1e-5 < off(trained, given)
        given, new, trained, merged = answers(config, "reflect")
        print(f"{name}: a new one changes {off(new, given):.2g}, a trained one {off(trained, given):.2g}, merged {off(trained, merged):.2g}")
        assert off(merged, answers(config, None)[2]) < 1e-5, "the merged layer is right"
        assert off(trained[..., 1:-1, 1:-1], merged[..., 1:-1, 1:-1]) < 1e-5
        assert off(trained, merged) > 0.02, f"{name} is right now"
        assert (off(new, given) > 0.5) == (name in ("BOFT", "HRA"))
PY
"$folder/venv/bin/python" -W ignore "$folder/shown.py" 2>"$folder/log" || { tail -20 "$folder/log"; exit 1; }
