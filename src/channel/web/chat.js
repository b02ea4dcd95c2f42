// Makes the page live. Without this script the same forms work by reloading the page.
"use strict";
(() => {
  const body = document.body, log = document.getElementById("log"), main = document.querySelector("main");
  const status = document.getElementById("status"), say = document.getElementById("say"), field = document.getElementById("q");

  const show = (text) => { status.textContent = text; status.hidden = !text; if (text) end(); };
  const end = () => { main.scrollTop = main.scrollHeight; };
  // A long answer is read from its beginning, not from its buttons.
  const reveal = (item) => { main.scrollTop = Math.min(main.scrollHeight, item.offsetTop - main.offsetTop - 8); };

  let source;
  const listen = () => {
    source = new EventSource("/events?after=" + encodeURIComponent(body.dataset.after));
    source.onopen = () => { if (status.textContent === body.dataset.offline) show(""); };
    source.onerror = () => show(body.dataset.offline);
    source.addEventListener("entry", (event) => {
      body.dataset.after = event.lastEventId;
      if (document.getElementById(event.lastEventId)) return;
      const holder = document.createElement("template");
      holder.innerHTML = event.data;
      const item = holder.content.firstElementChild;
      log.append(item);
      if (item.className === "us") { show(""); reveal(item); } else { show(body.dataset.waiting); }
    });
  };

  const post = async (form, data) => {
    // The same key until it arrived: a second try after a lost answer asks nothing twice.
    form.dataset.key ||= crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2) + Date.now();
    data.set("key", form.dataset.key);
    // In front of the file: the server reads in order.
    const sent = new FormData();
    sent.set("key", form.dataset.key);
    sent.set("live", "1");
    for (const [name, value] of data) if (!sent.has(name)) sent.set(name, value);
    show(body.dataset.waiting);
    const whole = form.enctype === "multipart/form-data";
    const answer = await fetch(form.action, { method: "POST", body: whole ? sent : new URLSearchParams(sent) });
    if (!answer.ok) { show(await answer.text()); return false; }
    delete form.dataset.key;
    // The first word sets the cookie; only then is there something to listen to.
    if (!source || source.readyState === EventSource.CLOSED) listen();
    return true;
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.id === "forget") { if (!confirm(form.dataset.sure)) event.preventDefault(); return; }
    if (!["/say", "/send"].includes(form.getAttribute("action"))) return;
    event.preventDefault();
    try {
      if (await post(form, new FormData(form, event.submitter))) form.reset();
    } catch { show(body.dataset.offline); }
    if (form === say) field.focus();
  });

  listen();
  end();
})();
