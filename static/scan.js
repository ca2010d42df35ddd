// Fills the form for files from those that are chosen or dropped. The form works without it.

/** Takes files that are chosen or dropped into the fields of the form, a pair for each. */
const takeFiles = (form) => {
  const chooser = form.querySelector("[type=file]");
  chooser.closest(".drop").classList.add("ready");
  const take = async (files) => {
    for (const file of [...files].slice(0, Number(form.dataset.mostFiles))) {
      const pairs = [...form.querySelectorAll(".file")];
      let pair = pairs.find((each) => [...each.querySelectorAll("[name]")].every((f) => !f.value));
      if (!pair) {
        pair = pairs.at(-1).cloneNode(true);
        for (const each of pair.querySelectorAll("[id], [for]")) {
          const name = each.tagName === "LABEL" ? "htmlFor" : "id";
          each[name] = each[name].replace(/\d+$/, pairs.length + 1);
        }
        pair.querySelector("legend").textContent = `File ${pairs.length + 1}`;
        pairs.at(-1).after(pair);
      }
      pair.querySelector("[name=name]").value = file.name;
      pair.querySelector("[name=text]").value = await file.text();
      pair.closest("details")?.setAttribute("open", "");
    }
  };
  chooser.addEventListener("change", () => take(chooser.files));
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files);
  });
};

document.querySelectorAll("form[data-most-files]").forEach(takeFiles);
