// Says which language the page is in, for screen readers (Streamlit says English), and keeps the
// one chosen for the next visit. Keeps what the user asked to see at the top of the window while
// the page grows (Streamlit would stay at the bottom), lets a reference such as [1] open its
// source, and says when the server cannot be reached.
if (!window.raadsvar) {
  // What opens over the page lies outside the element that Streamlit makes light or dark.
  const follow = () => {
    const app = document.querySelector(".stApp");
    document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme;
  };
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", () => setTimeout(follow, 500));

  const lost = document.body.appendChild(document.createElement("div"));
  lost.className = "note trouble lost";
  lost.setAttribute("role", "alert");
  let gone = 0; // seconds without a connection
  setInterval(() => {
    const state = document.querySelector(".stApp")?.dataset.testConnectionState;
    gone = state && state !== "CONNECTED" ? gone + 1 : 0;
    const told = gone > 2 ? lost.dataset.told : "";
    if (lost.textContent !== told) lost.textContent = told;
  }, 1000);

  window.raadsvar = {
    speak: (language, chosen, told) => {
      document.documentElement.lang = language;
      lost.dataset.told = told;
      follow();
      if (chosen)
        document.cookie = `raadsvar_language=${language};path=/;max-age=31536000;samesite=lax`;
    },
  };
  const KEPT_MS = 2000;
  let timer = null;
  const release = () => clearTimeout(timer);
  // Does one thing again and again until it is done, the user acts, or the page has been drawn
  // for a while: a slow machine takes its time.
  const repeat = (act) => {
    release();
    let end = 0;
    const again = () => {
      const state = document.querySelector(".stApp").dataset.testScriptState;
      if (!end || state === "running") end = Date.now() + KEPT_MS;
      if (!act() && Date.now() < end) timer = setTimeout(again, 60);
    };
    again();
  };
  // How far below its place at the top of the window an element stands.
  const below = (element) =>
    element.getBoundingClientRect().top - parseFloat(getComputedStyle(element).scrollMarginTop);
  const keep = (element) => {
    repeat(() => {
      if (Math.abs(below(element)) > 8) element.scrollIntoView();
      return !element.isConnected;
    });
  };
  for (const type of ["wheel", "touchstart", "pointerdown", "keydown"])
    document.addEventListener(type, release, { capture: true, passive: true });

  // A reference opens what it names: the source of that number in a list, else what is folded in.
  // It may be clicked before that is drawn, or while it shows what was there before.
  const named = (reference) => {
    const name = reference.hash.slice(1);
    const summary = document.querySelector(`.st-key-${name} summary`);
    if (summary) return { summary };
    const [, sources, place] = name.match(/^(source-.*)-(\d+)$/);
    const listed = document.querySelectorAll(`.st-key-${sources} input[type=radio]`)[place - 1];
    return listed?.closest('[data-stale="true"]') ? {} : { listed, sources };
  };
  const choose = (reference) => {
    repeat(() => {
      const { summary, listed, sources } = named(reference);
      if (summary) {
        if (!summary.parentElement.open) summary.click();
        summary.focus({ preventScroll: true });
        keep(summary);
      } else if (listed) {
        listed.click();
        seek(`.st-key-${sources.replace("source", "steps")}`);
      }
      return summary || listed;
    });
  };
  // Where the panel opens below, it is brought into view.
  const seek = (panel) => {
    repeat(() => {
      const found = document.querySelector(panel);
      if (found && (below(found) < 0 || below(found) > window.innerHeight * 0.7)) keep(found);
      return found;
    });
  };

  const copy = async (button) => {
    const { copy: text, done } = button.dataset;
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else {
      // Without https the clipboard is reached the old way.
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = text;
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const name = button.textContent;
    button.textContent = done;
    setTimeout(() => (button.textContent = name), KEPT_MS);
  };

  document.addEventListener("click", (event) => {
    const reference = event.target.closest("a.reference");
    const button = event.target.closest("button.copy");
    if (reference) {
      event.preventDefault();
      choose(reference);
    } else if (button) copy(button);
  });

  let asked = 0;
  new MutationObserver(() => {
    const last = [...document.querySelectorAll("h2.question")].pop();
    const number = last ? Number(last.dataset.number) : 0;
    if (number > asked) keep(last);
    asked = Math.max(asked, number);
  }).observe(document.body, { childList: true, subtree: true });
}
