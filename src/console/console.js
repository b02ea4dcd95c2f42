// Makes the pages live and quicker to use; everything works without.
"use strict";
(() => {
  const live = () => document.getElementById("live");
  const desk = document.querySelector("[data-ticket]");
  let waiting = null;

  // The page asks for itself again and takes the part that changes; what is being typed stays.
  // What somebody opened there, and a number that is shown once, stay until they go on.
  const refresh = async (always) => {
    waiting = null;
    if (!always && live().querySelector("details[open], .shown")) return;
    const answer = await fetch(live().dataset.self ?? location.href, { headers: { "x-live": "1" } });
    if (answer.redirected) { gone(); return; }
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("live");
    const acts = document.getElementById("acts"), now = page.getElementById("acts");
    if (acts && now && now.dataset.of !== acts.dataset.of && !acts.querySelector("details[open]")) { location.href = live().dataset.self; return; }
    const old = live();
    if (!fresh || !old || fresh.innerHTML === old.innerHTML) return;
    const said = old.querySelector(".said");
    const below = said && said.scrollHeight - said.scrollTop - said.clientHeight < 60;
    const held = old.contains(document.activeElement) && document.activeElement.getAttribute("href");
    renew(old, document.importNode(fresh, true));
    if (held && document.activeElement === document.body) live().querySelector(`a[href="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
    if (below) end();
  };
  // What is the same stays: the reader's place in a conversation, and what a screen reader has read aloud of it.
  const renew = (old, fresh) => {
    if (old.isEqualNode(fresh)) return;
    if (old.nodeName !== fresh.nodeName || !old.matches("#live, .said, ol")) { old.replaceWith(fresh); return; }
    old.getAttributeNames().filter((name) => !fresh.hasAttribute(name)).forEach((name) => old.removeAttribute(name));
    fresh.getAttributeNames().forEach((name) => old.setAttribute(name, fresh.getAttribute(name)));
    const now = [...fresh.children];
    [...old.children].slice(now.length).forEach((gone) => gone.remove());
    now.forEach((child, at) => { if (old.children[at]) renew(old.children[at], child); else old.append(child); });
  };
  // Signed out meanwhile: said where it is seen, and nothing typed is thrown away.
  const gone = () => {
    if (document.getElementById("gone")) return;
    const note = document.createElement("p");
    note.id = "gone"; note.className = "problem"; note.setAttribute("role", "alert");
    note.textContent = document.documentElement.lang === "vi"
      ? "Phiên làm việc đã hết. Chép phần bạn đang gõ, đăng nhập lại, rồi mở lại trang này." : "You are signed out. Copy what you typed, sign in again, and open this page anew.";
    document.getElementById("main").prepend(note);
  };
  const soon = () => { waiting ??= setTimeout(() => refresh().catch(() => {}), 60); };
  const end = () => { const said = document.querySelector(".said"); if (said) said.scrollTop = said.scrollHeight; };

  if (live() && !("every" in live().dataset)) {
    const source = new EventSource("/console/news");
    source.addEventListener("news", soon);
    source.onopen = soon;
    source.onerror = () => { if (source.readyState === EventSource.CLOSED) gone(); };
    end();
  }

  // What goes on by itself is asked for by itself; where there is news of tickets, too.
  const every = () => {
    const wait = Number(live()?.dataset.every);
    if (wait) setTimeout(() => refresh().catch(() => {}).finally(every), wait);
  };
  every();

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
      const form = event.target, button = form.querySelector("button"), sent = field.value;
      if (button.disabled) return;
      button.disabled = true;
      const body = new URLSearchParams(new FormData(form));
      body.set("what", "say");
      form.parentElement.querySelectorAll(".problem").forEach((old) => old.remove());
      try {
        const answer = await fetch(form.action, { method: "POST", body });
        if (answer.redirected && new URL(answer.url).pathname === "/console/sign-in") gone();
        else if (answer.ok) {
          // What was typed meanwhile stays.
          if (field.value === sent) form.reset();
          await refresh(true);
          end();
        } else {
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          const problem = page.querySelector(".problem");
          if (problem) form.before(document.importNode(problem, true)); else throw new Error();
          await refresh(true);
        }
      } catch { alert(document.documentElement.lang === "vi" ? "Chưa gửi được, thử lại." : "Not sent, try again."); }
      button.disabled = false;
      field.focus();
    });
    // A canned reply goes where one types; what stands there stays.
    document.getElementById("reply")?.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const body = document.getElementById("reply").selectedOptions[0]?.dataset.body ?? "";
      field.setRangeText(body, field.selectionStart, field.selectionEnd, "end");
      field.focus();
    });
    field?.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form.requestSubmit();
    });
  }

  // A form is sent once, and nobody leaves what they typed elsewhere on the page by a slip.
  let sending = null;
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    sending = form;
    if (form.method !== "post") return;
    form.dataset.sent = "1";
    // The page stays when what comes back is a file.
    setTimeout(() => { delete form.dataset.sent; }, 5000);
  });
  addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => { delete form.dataset.sent; }));
  addEventListener("beforeunload", (event) => {
    const typed = [...document.querySelectorAll("textarea")].some((field) => field.form !== sending && field.value !== field.defaultValue);
    if (typed) event.preventDefault();
    sending = null;
  });

  // Where somebody writes for long, they are told when the session has ended, not when they press.
  if (!live() && document.querySelector("textarea")) {
    setInterval(() => fetch("/console/me", { headers: { "x-live": "1" } }).then((answer) => answer.redirected && gone()).catch(() => {}), 60000);
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
