// The chat with a script: it sends without leaving the page, shows what comes, and comes back by itself.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const list = byId("lines");
  const say = byId("say");
  const press = byId("press");
  const note = byId("note");
  const replying = byId("to");
  const text = say.elements.text;
  const photos = say.elements.photos;
  const words = say.dataset;
  const title = document.title;
  const draft = "draft " + say.getAttribute("action");
  let after = list.dataset.after;
  let source = null;
  let later = 0;
  let busy = false;
  let clicked = null;
  let again = null;
  let retry = 0;

  const tell = (told) => { note.textContent = told || ""; };
  const toEnd = () => scrollTo(0, document.documentElement.scrollHeight);
  const nearEnd = () => innerHeight + scrollY > document.documentElement.scrollHeight - 240;

  // What comes.

  function put(line) {
    const old = byId(line.id);
    if (old) { old.replaceWith(line); return; }
    const number = Number(line.dataset.n);
    const first = list.firstElementChild;
    if (first && number < Number(first.dataset.n)) return;  // older than what this page shows
    let before = list.lastElementChild;
    while (before && Number(before.dataset.n) > number) before = before.previousElementSibling;
    if (before) before.after(line); else list.append(line);
  }

  function show(html) {
    const box = document.createElement("template");
    box.innerHTML = html;
    const line = box.content.querySelector("li");
    if (!line) return;
    const follow = nearEnd() || line.classList.contains("mine");
    put(line);
    if (byId("empty")) byId("empty").remove();
    if (follow) toEnd();
  }

  // A hidden page lets its stream go: it is not being read, and a browser has few to give.
  function listen() {
    clearTimeout(later);
    if (source) source.close();
    source = null;
    if (document.hidden) { later = setTimeout(count, 30000); return; }
    document.title = title;
    source = new EventSource(`${list.dataset.stream}?after=${after}`);
    source.addEventListener("open", () => { if (note.textContent === words.cutOff) tell(); });
    source.addEventListener("line", (event) => {
      after = event.lastEventId || after;
      show(event.data);
    });
    source.addEventListener("error", () => {
      if (source && source.readyState === EventSource.CLOSED) count();
      else if (!note.textContent) tell(words.cutOff);
    });
  }

  // How many lines are waiting; the answer also tells whether the session still counts.
  async function count() {
    let wait = document.hidden ? 30000 : 5000;
    try {
      const answer = await fetch(`${list.dataset.news}?after=${after}`);
      if (answer.status === 403) { tell(words.ended); return; }
      const { new: waiting } = await answer.json();
      if (document.hidden && waiting) document.title = `(${waiting}) ${title}`;
      if (!document.hidden) wait = 1000;
    } catch {
      if (!document.hidden) tell(words.cutOff);
    }
    clearTimeout(later);
    later = setTimeout(document.hidden ? count : listen, wait);
  }

  // What goes. A form that found no network is sent again, with the same key: it counts once.

  async function send(form, button, tries = 0) {
    if (busy) return;
    busy = text.readOnly = true;
    again = null;
    const data = new FormData(form);
    if (button) data.append(button.name, button.value);
    tell(words.sending);
    let failed = false;
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: data, headers: { Accept: "application/json" },
      });
      // A proxy before us answers with a page of its own: what it finds too large never gets smaller.
      const told = answer.status === 413
        ? await answer.json().catch(() => ({ problem: words.tooLarge })) : await answer.json();
      failed = answer.status >= 500 || answer.status === 408;
      tell(told.problem || told.note);
      if (answer.ok) done(form, told.key);
    } catch {
      failed = true;
      tell(words.noNetwork);
    }
    busy = text.readOnly = false;
    if (!failed) return;
    again = () => { clearTimeout(retry); send(form, button, tries + 1); };
    retry = setTimeout(again, Math.min(30, 3 + 3 * tries) * 1000);
  }

  function done(form, key) {
    for (const field of document.querySelectorAll("input[name=key]")) field.value = key;
    if (form !== say) return;
    text.value = photos.value = say.elements.lat.value = say.elements.lon.value = "";
    sessionStorage.removeItem(draft);
    chosen();
    reply("");
  }

  function submit(form, button) {
    clearTimeout(retry);
    send(form, button);
  }

  function reply(number, quoted = "") {
    say.elements.to.value = number;
    replying.hidden = !number;
    replying.querySelector("span").textContent = quoted;
  }

  function chosen() {
    const count = photos.files.length;
    byId("chosen").textContent = count ? `${count} ${words.chosen}` : words.photos;
  }

  function locate() {
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      say.elements.lat.value = coords.latitude;
      say.elements.lon.value = coords.longitude;
      submit(say);
    }, () => tell(words.noPlace), { enableHighAccuracy: true, timeout: 15000 });
  }

  say.addEventListener("submit", (event) => {
    event.preventDefault();
    if (text.value.trim() || photos.files.length) submit(say);
  });
  press.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(press, event.submitter || clicked);
  });
  document.addEventListener("click", (event) => {
    clicked = event.target.closest("button[name=press]");
    const link = event.target.closest("a.reply, #to a");
    if (!link) return;
    event.preventDefault();
    const line = link.closest("li");
    if (line) reply(line.dataset.n, line.querySelector("p").textContent.slice(0, 80)); else reply("");
    text.focus();
  });
  text.addEventListener("keydown", (event) => {
    const plain = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (plain && matchMedia("(pointer: fine)").matches) {
      event.preventDefault();
      say.requestSubmit();
    }
  });
  text.addEventListener("input", () => sessionStorage.setItem(draft, text.value));
  photos.addEventListener("change", chosen);
  addEventListener("online", () => { if (again) again(); });
  document.addEventListener("visibilitychange", listen);

  if (navigator.geolocation && isSecureContext) {
    byId("place").hidden = false;
    byId("place").addEventListener("click", locate);
  }
  text.value = text.value || sessionStorage.getItem(draft) || "";
  document.documentElement.classList.add("js");
  listen();
  toEnd();
})();
