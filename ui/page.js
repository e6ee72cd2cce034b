// Says which language the page is in, for screen readers (Streamlit says English), and keeps the
// one chosen for the next visit. Keeps what the user asked to see at the top of the window while
// the page grows (Streamlit would stay at the bottom), and lets a reference such as [1] open its
// source.
if (!window.raadsvar) {
  window.raadsvar = {
    speak: (language, chosen) => {
      document.documentElement.lang = language;
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

  document.addEventListener("click", (event) => {
    const reference = event.target.closest("a.reference");
    const heading = event.target.closest('[class*="st-key-source-"] summary');
    if (reference) {
      event.preventDefault();
      const source = document.querySelector(".st-key-" + reference.hash.slice(1));
      const summary = source && source.querySelector("summary");
      if (!summary) return;
      if (!summary.parentElement.open) summary.click();
      summary.focus({ preventScroll: true });
      keep(source);
    } else if (heading && !heading.parentElement.open) keep(heading);
  });

  let asked = 0;
  new MutationObserver(() => {
    const questions = document.querySelectorAll("h2.question");
    if (questions.length > asked) keep(questions[questions.length - 1]);
    asked = questions.length;
  }).observe(document.body, { childList: true, subtree: true });
}
