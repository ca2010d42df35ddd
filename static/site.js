// Makes pages quicker to use where scripts run; every page works without it. Words come from the
// server: what follows the answers is cut out of the page it sends for them.

const PAUSE = 150; // milliseconds without a change before the server is asked

const every = (selector, act) => document.querySelectorAll(selector).forEach(act);

/** "None of these" and its like stand alone: ticking one unticks the rest, and the other way. */
const keepAlone = ({ target: box }) => {
  const options = box.closest(".options");
  if (!options || box.type !== "checkbox" || !box.checked) return;
  for (const other of options.querySelectorAll(":checked")) {
    if (other !== box && (box.closest(".apart") || other.closest(".apart"))) other.checked = false;
  }
};

/** Counts options; the stylesheet shows the numbers while a keyboard is in their group. */
const number = (options) =>
  options.querySelectorAll(".option").forEach((option, index) => {
    if (index < 9) option.dataset.key = index + 1;
  });

/** A number chooses an option, but only while the focus is in its group. */
const chooseByNumber = (event) => {
  if (!/^[1-9]$/.test(event.key) || event.altKey || event.ctrlKey || event.metaKey) return;
  const options = event.target.closest(".options");
  const input = options?.querySelector(`[data-key="${event.key}"] input`);
  input?.focus();
  input?.click();
};

/** Lets no more questions count double than may. */
const limitMarks = (form) => {
  const marks = [...form.querySelectorAll("[name=important]")];
  const full = marks.filter((mark) => mark.checked).length >= Number(form.dataset.mostMarks);
  for (const mark of marks) mark.disabled = full && !mark.checked;
};

const queryOf = (form) => new URLSearchParams(new FormData(form)).toString();

/** Shows what the server makes of the answers, unless they changed while it was asked. */
const show = async (form, query) => {
  const answer = await fetch(`?${query}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (query !== queryOf(form)) return;
  every("[data-live]", (here) => {
    const there = page.getElementById(here.id);
    // Left alone where it is the same: screen readers hear what is new.
    if (here.innerHTML !== there.innerHTML) here.replaceChildren(...there.childNodes);
  });
  history.replaceState(history.state, "", answer.url);
};

/** Keeps the standings and the address in step with the answers. */
const follow = (form) => {
  let waiting;
  const update = () => {
    limitMarks(form); // first: what is disabled would not be sent
    const query = queryOf(form);
    history.replaceState(history.state, "", `?${query}`);
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const failed = await show(form, query).catch(() => true);
      form.classList.toggle("behind", !!failed); // offers the way without scripts
    }, PAUSE);
  };
  form.addEventListener("change", update);
  // Going back fills in what was chosen, not what the address said at first.
  addEventListener("pageshow", () => {
    if ([...form].some((box) => box.checked !== box.defaultChecked)) update();
  });
  limitMarks(form);
};

/** Shows a button where the browser can do what it says. */
const offer = (button) => {
  const { act, link, done } = button.dataset;
  const url = new URL(link, location.href).href;
  const acts = {
    copy: navigator.clipboard && (() => navigator.clipboard.writeText(url)),
    share: navigator.share && (() => navigator.share({ title: document.title, url })),
  };
  button.hidden = !acts[act];
  const tell = () => (document.getElementById("told").textContent = done);
  button.onclick = () => acts[act]().then(tell, () => {});
};

/** Opens the folded parts around what the address points to, where the browser does not. */
const unfold = () => {
  let at = document.getElementById(location.hash.slice(1));
  for (; at; at = at.parentElement) if (at.matches("details")) at.open = true;
};

/** Takes files that are chosen or dropped into the fields of the form, a pair for each. */
const takeFiles = (form) => {
  const chooser = form.querySelector("[type=file]");
  chooser.closest(".drop").hidden = false;
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

document.querySelector(".error-summary")?.focus();
addEventListener("hashchange", unfold);
unfold();
document.addEventListener("change", keepAlone, true); // before the answers are read
document.addEventListener("keydown", chooseByNumber);
every(".options", number);
every("form[data-most-marks]", follow);
every("button[data-act]", offer);
every("form[data-most-files]", takeFiles);
