// Makes the pages live and quicker to use; everything works without.
"use strict";
(() => {
  const live = () => document.getElementById("live");
  const desk = document.querySelector("[data-ticket]");
  let waiting = null;

  // The page asks for itself again and takes the part that changes; what is being typed stays.
  const refresh = async () => {
    waiting = null;
    const answer = await fetch(live().dataset.self ?? location.href, { headers: { "x-live": "1" } });
    if (answer.redirected) { location.reload(); return; }
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
    const old = live();
    if (!fresh || !old || fresh.innerHTML === old.innerHTML) return;
    const said = old.querySelector(".said");
    const below = said && said.scrollHeight - said.scrollTop - said.clientHeight < 60;
    old.replaceWith(document.importNode(fresh, true));
    if (below) end();
  };
  const soon = () => { waiting ??= setTimeout(() => refresh().catch(() => {}), 60); };
  const end = () => { const said = document.querySelector(".said"); if (said) said.scrollTop = said.scrollHeight; };

  if (live()) {
    const source = new EventSource("/console/news");
    source.addEventListener("news", soon);
    source.onopen = soon;
    end();
  }

  const here = (typing) => {
    const body = new URLSearchParams({ form_key: desk.dataset.key, typing: typing ? "1" : "0" });
    fetch(`/console/inbox/${desk.dataset.ticket}/here`, { method: "POST", body, headers: { "x-live": "1" } }).catch(() => {});
  };
  if (desk) {
    here(false);
    setInterval(() => here(false), 20000);
    const field = document.getElementById("answer");
    let told = 0;
    field?.addEventListener("input", () => { if (Date.now() - told > 3000) { told = Date.now(); here(true); } });
    // Sent without leaving the page: what is typed next is not lost while it is on its way.
    document.querySelector(".answer")?.addEventListener("submit", async (event) => {
      event.preventDefault();
      const form = event.target, body = new URLSearchParams(new FormData(form, event.submitter));
      body.set("what", "say");
      const button = form.querySelector("button");
      button.disabled = true;
      try {
        const answer = await fetch(form.action, { method: "POST", body });
        if (answer.ok) { form.reset(); await refresh(); end(); } else {
          // What was typed stays in the field.
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          const problem = page.querySelector(".problem p");
          if (problem) form.before(document.importNode(page.querySelector(".problem"), true)); else location.reload();
          await refresh();
        }
      } catch { alert(document.documentElement.lang === "vi" ? "Chưa gửi được, thử lại." : "Not sent, try again."); }
      button.disabled = false;
      field.focus();
    });
    field?.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form.requestSubmit();
    });
  }

  // Keys: listed under "?".
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...document.querySelectorAll(".tickets a")];
    const at = rows.indexOf(document.activeElement);
    const go = { j: () => rows[Math.min(at + 1, rows.length - 1)]?.focus(), k: () => rows[Math.max(at - 1, 0)]?.focus(),
      r: () => document.getElementById("answer")?.focus(), c: () => document.querySelector("[value=claim]")?.focus(),
      "/": () => document.getElementById("search")?.focus(), g: () => { location.href = "/console/inbox"; },
      "?": () => document.getElementById("keys")?.showModal?.() }[event.key];
    if (go) { event.preventDefault(); go(); }
  });
})();
