// Says which language the page is in, for screen readers (Streamlit says English), and keeps the
// one chosen for the next visit. Keeps what the user asked to see at the top of the window while
// the page grows (Streamlit would stay at the bottom), and lets a reference such as [1] open its
// source.
if (!window.raadsvar) {
  // What opens over the page lies outside the element that Streamlit makes light or dark.
  const follow = () => {
    const app = document.querySelector(".stApp");
    document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme;
  };
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", () => setTimeout(follow, 500));

  window.raadsvar = {
    speak: (language, chosen) => {
      document.documentElement.lang = language;
      follow();
      if (chosen)
        document.cookie = `raadsvar_language=${language};path=/;max-age=31536000;samesite=lax`;
    },
  };
  const KEPT_MS = 2000;
  let timer = null;
  const release = () => clearInterval(timer);
  const keep = (element) => {
    release();
    const end = Date.now() + KEPT_MS;
    timer = setInterval(() => {
      if (Date.now() > end || !element.isConnected) release();
      else if (Math.abs(element.getBoundingClientRect().top) > 24) element.scrollIntoView();
    }, 60);
  };
  for (const type of ["wheel", "touchstart", "pointerdown", "keydown"])
    document.addEventListener(type, release, { capture: true, passive: true });

  // A reference opens what it names: the source of that number in a list, else what is folded in.
  const choose = (reference) => {
    const named = reference.hash.slice(1);
    const summary = document.querySelector(`.st-key-${named} summary`);
    if (summary) {
      if (!summary.parentElement.open) summary.click();
      summary.focus({ preventScroll: true });
      keep(summary);
      return;
    }
    const [, sources, place] = named.match(/^(source-.*)-(\d+)$/);
    const listed = document.querySelectorAll(`.st-key-${sources} input[type=radio]`);
    if (!listed[place - 1]) return;
    listed[place - 1].click();
    seek(`.st-key-${sources.replace("source", "steps")}`);
  };
  // Where the panel opens below, it is brought into view.
  const seek = (panel) => {
    const end = Date.now() + KEPT_MS;
    const wait = setInterval(() => {
      const found = document.querySelector(panel);
      if (Date.now() > end) clearInterval(wait);
      if (!found) return;
      clearInterval(wait);
      const top = found.getBoundingClientRect().top;
      if (top < 0 || top > window.innerHeight * 0.7) keep(found);
    }, 60);
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
