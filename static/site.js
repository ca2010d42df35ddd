// Makes pages quicker to use where scripts run; every page works without it. Words come from the
// server: what follows the answers is cut out of the page it sends for them.

const SHEET = ".sheet"; // the form with all questions
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
  if (!form.matches(SHEET)) return;
  const marks = [...form.querySelectorAll("[name=important]")];
  const full = marks.filter((mark) => mark.checked).length >= Number(form.dataset.mostMarks);
  for (const mark of marks) mark.disabled = full && !mark.checked;
};

const queryOf = (form) => new URLSearchParams(new FormData(form)).toString();

/** Shows what the server makes of the answers, unless they changed while it was asked. */
const show = async (form, query) => {
  const answer = await fetch(`${form.dataset.link}?${query}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (query !== queryOf(form)) return;
  every("[data-live]", (here) => {
    const there = page.getElementById(here.id);
    // Left alone where it is the same: screen readers hear what is new.
    if (here.innerHTML !== there.innerHTML) here.replaceChildren(...there.childNodes);
  });
  if (form.matches(SHEET)) history.replaceState(history.state, "", answer.url);
};

/** Keeps the standings in step with the answers, and where all are asked the address as well. */
const follow = (form) => {
  let waiting;
  const update = () => {
    limitMarks(form); // first: what is disabled would not be sent
    const query = queryOf(form);
    if (form.matches(SHEET)) history.replaceState(history.state, "", `?${query}`);
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
  const { act, text, done } = button.dataset;
  const link = () => button.closest("[data-link]").dataset.link;
  const url = text ?? new URL(link(), location.href).href;
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

document.querySelector(".error-summary")?.focus();
addEventListener("hashchange", unfold);
unfold();
document.addEventListener("change", keepAlone, true); // before the answers are read
document.addEventListener("keydown", chooseByNumber);
every(".options", number);
every("form[data-link]", follow);
every("button[data-act]", offer);
