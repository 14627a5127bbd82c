/* The console of a meeting's day. Each form works without this script; with it a note that cannot
   be sent stays on the device and is sent later, under the same identity, so that it counts once. */
(function () {
  "use strict";

  const page = document.getElementById("day");
  if (!page) {
    return;
  }
  const words = page.dataset;
  const PREFIX = "akimat-day:" + words.meeting + ":";
  const connection = document.getElementById("day-connection");
  const waitingList = document.getElementById("day-waiting");
  const refusedList = document.getElementById("day-refused");
  const EVERY = 10000;
  const SOON = 3000;
  const PATIENCE = 15000;
  let sending = false;
  let again = false;
  let soon = 0;
  let signedOut = false;
  let away = false;
  let counter = 0;

  /* What is kept on the device ------------------------------------------------------------------- */

  /* Each note has a key of its own: two tabs of one console do not overwrite each other's. */
  function keys(kind) {
    const found = [];
    for (let at = 0; at < localStorage.length; at += 1) {
      const key = localStorage.key(at);
      if (key.startsWith(PREFIX + kind)) {
        found.push(key);
      }
    }
    return found.sort();
  }

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch (error) {
      return null;
    }
  }

  function keep(kind, item) {
    counter += 1;
    const order = String(Date.now()).padStart(15, "0") + String(counter).padStart(6, "0");
    localStorage.setItem(PREFIX + kind + order + item.note, JSON.stringify(item));
  }

  function identity() {
    if (window.crypto.randomUUID) {
      return window.crypto.randomUUID();
    }
    /* Without https there is no randomUUID. */
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function device() {
    let name = localStorage.getItem("akimat-device");
    if (!name) {
      name = identity();
      localStorage.setItem("akimat-device", name);
    }
    return name;
  }

  /* Noting ----------------------------------------------------------------------------------------- */

  function fieldsOf(form, button) {
    const fields = [];
    new FormData(form).forEach(function (value, name) {
      if (name !== "csrfmiddlewaretoken" && name !== "note" && typeof value === "string") {
        fields.push([name, value]);
      }
    });
    if (button && button.name) {
      fields.push([button.name, button.value]);
    }
    return fields;
  }

  function said(form, button) {
    const parts = [form.dataset.said || ""];
    form.querySelectorAll("textarea, input:not([type=hidden]):not([type=radio])").forEach(function (input) {
      if (input.value) {
        parts.push(input.value);
      }
    });
    if (button) {
      parts.push(button.textContent.trim());
    }
    return parts.filter(Boolean).join(" · ");
  }

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (!form.matches("form[data-outbox]") || !form.reportValidity()) {
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    const item = {
      note: identity(), url: form.getAttribute("action"), fields: fieldsOf(form, button),
      at: Date.now(), said: said(form, button),
    };
    try {
      keep("note:", item);
    } catch (error) {
      /* The device keeps nothing (a private window, no room): the form goes as without a script. */
      form.submit();
      return;
    }
    follow(item);
    page.dispatchEvent(new CustomEvent("day:noted", { detail: { item: item, form: form } }));
    form.reset();
    show();
    flush();
  });

  /* Sending: one after the other, since an answer needs its question to be there. ------------------- */

  async function post(item) {
    const body = new URLSearchParams(item.fields);
    body.set("note", item.note);
    body.set("device", device());
    body.set("device_at", String(item.at));
    body.set("sent_at", String(Date.now()));
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      return await fetch(item.url, {
        method: "POST", body: body, redirect: "manual", signal: stop.signal,
        headers: { Accept: "application/json", "X-CSRFToken": token ? token.value : "" },
      });
    } finally {
      clearTimeout(timer);
    }
  }

  async function flush() {
    if (sending) {
      again = true;
      return;
    }
    sending = true;
    again = false;
    let sent = 0;
    try {
      for (let waiting = keys("note:"); waiting.length; waiting = keys("note:")) {
        const item = read(waiting[0]);
        if (!item) {
          localStorage.removeItem(waiting[0]);
          continue;
        }
        const answer = await post(item);
        const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
        if (!isOurs) {
          /* A page instead of an answer: signed out, or the site is being mended. */
          signedOut = answer.type === "opaqueredirect" || answer.status === 403;
          away = !signedOut;
          break;
        }
        const told = await answer.json();
        if (answer.status >= 400 && answer.status !== 409) {
          keep("refused:", { note: item.note, said: item.said, why: told.message || "" });
        }
        localStorage.removeItem(waiting[0]);
        signedOut = false;
        away = false;
        sent += 1;
      }
    } catch (error) {
      away = true;
    } finally {
      sending = false;
      show();
    }
    if (sent && !keys("note:").length) {
      refresh();
    } else if (again) {
      flush();
    } else if (away && navigator.onLine) {
      /* The device says that it is connected before the first word gets through. */
      clearTimeout(soon);
      soon = setTimeout(flush, SOON);
    }
  }

  /* Showing ---------------------------------------------------------------------------------------- */

  function hour(moment) {
    const at = new Date(moment);
    return String(at.getHours()).padStart(2, "0") + ":" + String(at.getMinutes()).padStart(2, "0");
  }

  function show() {
    const waiting = keys("note:").map(read).filter(Boolean);
    waitingList.replaceChildren(...waiting.map(function (item) {
      const entry = document.createElement("li");
      entry.textContent = hour(item.at) + " · " + item.said;
      return entry;
    }));
    waitingList.hidden = !waiting.length;
    let sentence = words.sent;
    if (waiting.length) {
      sentence = (signedOut ? words.signedOut : away || !navigator.onLine ? words.waiting : words.sending) + " " + waiting.length;
    }
    if (connection.textContent !== sentence) {
      connection.textContent = sentence;
    }
    connection.classList.toggle("day-connection-away", waiting.length > 0);
    showRefused();
  }

  function showRefused() {
    const refused = keys("refused:");
    refusedList.replaceChildren(...refused.map(function (key) {
      const item = read(key) || { said: "", why: "" };
      const entry = document.createElement("li");
      const button = document.createElement("button");
      entry.textContent = words.refused + " " + item.said + " — " + item.why + " ";
      button.type = "button";
      button.className = "btn btn-small";
      button.textContent = words.putAway;
      button.addEventListener("click", function () {
        localStorage.removeItem(key);
        showRefused();
      });
      entry.append(button);
      return entry;
    }));
    refusedList.hidden = !refused.length;
  }

  /* The clocks tick on the device, from what the site said last and what was noted since. ------------ */

  let clocks = null;

  function readClocks() {
    const part = document.getElementById("day-clocks");
    clocks = {
      report: Number(part.dataset.report), questions: Number(part.dataset.questions),
      running: part.dataset.running, since: performance.now(),
    };
  }

  function secondsOf(name) {
    const more = clocks.running === name ? (performance.now() - clocks.since) / 1000 : 0;
    return Math.floor(clocks[name] + more);
  }

  function stand() {
    ["report", "questions"].forEach(function (name) {
      clocks[name] = secondsOf(name);
    });
    clocks.since = performance.now();
  }

  function follow(item) {
    const values = Object.fromEntries(item.fields);
    const kind = values.kind || "";
    const name = kind.split("_")[0];
    stand();
    if (kind.endsWith("_start")) {
      clocks.running = name;
    } else if (kind.endsWith("_pause") && clocks.running === name) {
      clocks.running = "";
    } else if (kind.endsWith("_minutes")) {
      clocks[name] = Number(values.value) * 60;
    } else if (kind === "end") {
      clocks.running = "";
    }
    tick();
  }

  function clockWords(seconds) {
    const two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    const rest = two(Math.floor((seconds % 3600) / 60)) + ":" + two(seconds % 60);
    return hours ? hours + ":" + rest : rest;
  }

  function tick() {
    const part = document.getElementById("day-clocks");
    part.querySelectorAll("[data-clock]").forEach(function (clock) {
      const runs = clocks.running === clock.dataset.clock;
      const state = clock.querySelector("[data-state]");
      const button = clock.querySelector("[data-toggle]");
      clock.classList.toggle("day-clock-runs", runs);
      clock.querySelector("[data-time]").textContent = clockWords(secondsOf(clock.dataset.clock));
      state.textContent = runs ? state.dataset.runs : state.dataset.stands;
      if (button) {
        button.value = runs ? button.dataset.pause : button.dataset.start;
        button.textContent = runs ? button.dataset.pauseWords : button.dataset.startWords;
        button.classList.toggle("btn-primary", !runs);
      }
    });
    const whole = secondsOf("report") + secondsOf("questions");
    if (clocks.running && whole) {
      const share = Math.round((100 * secondsOf("report")) / whole);
      part.querySelector("[data-share]").textContent = words.shareWords.replace("{share}", share);
    }
  }

  /* What others noted comes in by itself; a part in which somebody types stays as it is. -------------- */

  function isBusy(part) {
    return part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")
      || Array.from(part.querySelectorAll("textarea, input[type=text]")).some((input) => input.value !== input.defaultValue)
      || Boolean(part.querySelector("details[open] > form"));
  }

  async function refresh() {
    if (keys("note:").length || document.hidden) {
      return;
    }
    let text = "";
    try {
      const answer = await fetch(words.part, { redirect: "manual" });
      away = false;
      signedOut = answer.type === "opaqueredirect";
      text = answer.ok ? await answer.text() : "";
    } catch (error) {
      away = true;
    }
    show();
    if (!text || keys("note:").length) {
      return;
    }
    const fresh = new DOMParser().parseFromString(text, "text/html");
    ["day-clocks", "day-marks", "day-queue"].forEach(function (id) {
      const old = document.getElementById(id);
      const made = fresh.getElementById(id);
      if (old && made && !isBusy(old)) {
        swap(old, made);
      }
    });
    readClocks();
    tick();
  }

  /* The keyboard stays where it was: on the button of the same form. */
  function swap(old, made) {
    const open = new Set(Array.from(old.querySelectorAll("details[open]"), (part) => part.id));
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const place = focused ? Array.from(old.querySelectorAll("button, a, summary")).indexOf(focused) : -1;
    const part = document.importNode(made, true);
    part.querySelectorAll("details").forEach(function (each) {
      each.open = each.open || (each.id !== "" && open.has(each.id));
    });
    old.replaceWith(part);
    if (place >= 0) {
      const again = part.querySelectorAll("button, a, summary")[place];
      if (again) {
        again.focus({ preventScroll: true });
      }
    }
    page.dispatchEvent(new CustomEvent("day:swapped"));
  }

  readClocks();
  show();
  flush();
  setInterval(tick, 1000);
  setInterval(function () {
    if (keys("note:").length) {
      flush();
    } else {
      refresh();
    }
  }, EVERY);
  window.addEventListener("online", flush);
  window.addEventListener("offline", function () {
    away = true;
    show();
  });
  window.addEventListener("beforeunload", function (event) {
    if (keys("note:").length) {
      event.preventDefault();
    }
  });
})();
