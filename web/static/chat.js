// The chat with a script: sends without leaving the page, shows what comes, and comes back by itself.
"use strict";
(() => {
  document.documentElement.classList.add("js");
  const list = document.getElementById("lines");
  const say = document.getElementById("say");
  const press = document.getElementById("press");
  const note = document.getElementById("note");
  const place = document.getElementById("place");
  const photos = say.elements.photos;
  const words = say.dataset;
  let after = list.dataset.after;

  const tell = (text) => { note.textContent = text || ""; note.hidden = !text; };
  const end = () => document.getElementById("end").scrollIntoView({ block: "end" });
  const nearEnd = () => innerHeight + scrollY > document.body.scrollHeight - 240;

  function show(html) {
    const follow = nearEnd();
    const box = document.createElement("template");
    box.innerHTML = html;
    const line = box.content.querySelector("li");
    if (!line) return;
    const old = document.getElementById(line.id);
    if (old) old.replaceWith(line); else list.append(line);
    const empty = document.getElementById("empty");
    if (empty) empty.remove();
    if (follow || line.classList.contains("mine")) end();
  }

  function listen() {
    const source = new EventSource(`${list.dataset.stream}?after=${after}`);
    source.addEventListener("line", (event) => {
      after = event.lastEventId || after;
      show(event.data);
      tell("");
    });
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) {
        tell(words.cutOff);
        setTimeout(listen, 5000);
      }
    });
  }

  async function send(form, button) {
    const data = new FormData(form);
    if (button && button.name) data.append(button.name, button.value);
    tell(words.sending);
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: data, headers: { Accept: "application/json" },
      });
      const told = await answer.json().catch(() => ({}));
      if (!answer.ok) { tell(told.problem || words.noNetwork); return; }
      for (const key of document.querySelectorAll("input[name=key]")) key.value = told.key;
      tell(told.note);
      if (form === say) {
        say.reset();
        say.elements.to.value = say.elements.lat.value = say.elements.lon.value = "";
        document.getElementById("to").hidden = true;
      }
    } catch {
      tell(words.noNetwork);
    }
  }

  say.addEventListener("submit", (event) => {
    event.preventDefault();
    if (say.elements.text.value.trim() || photos.files.length || say.elements.lat.value) send(say);
  });
  press.addEventListener("submit", (event) => {
    event.preventDefault();
    send(press, event.submitter);
  });
  say.elements.text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && matchMedia("(pointer: fine)").matches) {
      event.preventDefault();
      say.requestSubmit();
    }
  });
  photos.addEventListener("change", () => {
    tell(photos.files.length ? words.chosen.replace("{n}", photos.files.length) : "");
  });
  if (place && navigator.geolocation) {
    place.hidden = false;
    place.addEventListener("click", () => {
      navigator.geolocation.getCurrentPosition((found) => {
        say.elements.lat.value = found.coords.latitude;
        say.elements.lon.value = found.coords.longitude;
        send(say);
      }, () => tell(words.noPlace), { enableHighAccuracy: true, timeout: 15000 });
    });
  }
  listen();
  end();
})();
