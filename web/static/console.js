// Renews the part of a page that the server says has changed; without it a plain reload does the same.
"use strict";
// Puts a kept wording where the form's words are, after what is typed already.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-insert]");
  const form = link && document.getElementById(link.dataset.into);
  const box = form && form.querySelector("textarea");
  if (!box) return;
  event.preventDefault();
  form.open = true;
  box.value += (box.value && !box.value.endsWith("\n") ? "\n" : "") + document.getElementById(link.dataset.insert).textContent;
  box.focus();
});
// On a phone the navigation is wider than the screen: the present place stands in sight.
(() => {
  const here = document.querySelector("nav [aria-current]");
  if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 24;
})();
(() => {
  const live = document.querySelector("[data-stream]");
  if (!live) return;
  const note = document.getElementById("news");
  let source = null;
  // What is announced stands in the page from the start: a reader does not hear what was hidden.
  const tell = (words) => { if (note && words) note.textContent = words; };

  // News of other tickets makes the part anew as well: what says the same stays, with focus and selection.
  function words(part) {
    const copy = part.cloneNode(true);
    copy.querySelectorAll("form").forEach((form) => form.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function show(html) {
    if (live.dataset.quiet) {
      if (html !== live.dataset.seen) tell(live.dataset.note);
      return;
    }
    const held = document.activeElement && live.contains(document.activeElement) ? document.activeElement.id : "";
    const box = document.createElement("template");
    box.innerHTML = html;
    if (words(box.content) === words(live)) return;
    live.replaceChildren(box.content);
    if (held && document.getElementById(held)) document.getElementById(held).focus();
    tell(live.dataset.note);
  }

  // A hidden page lets its stream go: it is not being read, and a browser has few to give.
  function listen() {
    if (source) source.close();
    source = null;
    if (document.hidden) return;
    source = new EventSource(live.dataset.stream);
    source.addEventListener("part", (event) => show(event.data));
    source.addEventListener("error", () => {
      if (source && source.readyState === EventSource.CLOSED) tell(live.dataset.ended);
    });
  }

  document.addEventListener("visibilitychange", listen);
  listen();
})();
