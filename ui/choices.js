// Shows HTML and tells which of its buttons with `data-choice` was pressed. The focus stays on
// the button where the HTML is replaced by the next run.
const PATIENCE_MS = 5000;
const EVERY_MS = 100;

// Scrolls to the container of a key once the next run has drawn it.
const show = (key, until) => {
  const shown = document.querySelector(`.st-key-${key}`);
  if (shown && !shown.closest("[data-stale=true]")) shown.scrollIntoView({ block: "start" });
  else if (Date.now() < until) setTimeout(() => show(key, until), EVERY_MS);
};

export default function ({ parentElement, data, setTriggerValue }) {
  let shown = parentElement.querySelector(".choices");
  if (!shown) {
    shown = document.createElement("div");
    shown.className = "choices";
    parentElement.append(shown);
  }
  if (shown.source !== data.html) {
    const focused = shown.contains(document.activeElement)
      ? document.activeElement.dataset.choice
      : null;
    shown.innerHTML = shown.source = data.html;
    if (focused) shown.querySelector(`[data-choice="${CSS.escape(focused)}"]`)?.focus();
  }
  shown.onclick = (event) => {
    const button = event.target.closest("[data-choice]");
    if (!button) return;
    setTriggerValue("chosen", button.dataset.choice);
    if (data.target) setTimeout(() => show(data.target, Date.now() + PATIENCE_MS), EVERY_MS);
  };
}
