// A reference such as [1] opens its source and brings it into view.
if (!window.raadsvar) {
  window.raadsvar = true;
  document.addEventListener("click", (event) => {
    const reference = event.target.closest("a.reference");
    if (!reference) return;
    event.preventDefault();
    const source = document.querySelector(".st-key-" + reference.hash.slice(1));
    const summary = source && source.querySelector("summary");
    if (!summary) return;
    if (!summary.parentElement.open) summary.click();
    summary.focus({ preventScroll: true });
    source.scrollIntoView({ behavior: "smooth", block: "start" });
  });
}
