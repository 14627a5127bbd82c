/* Small helps; every page works without them. */
(function () {
  "use strict";

  const words = document.getElementById("page-words");
  let unsaved = false;

  /* The menu folds away on a phone; where the page is wide it stands open. */
  const menu = document.querySelector("[data-folds]");
  const wide = window.matchMedia("(min-width: 40.01em)");
  function fold() {
    menu.open = wide.matches;
  }
  if (menu) {
    fold();
    wide.addEventListener("change", fold);
  }

  /* Filters that a phone keeps folded stand open where there is room for them. */
  if (wide.matches) {
    document.querySelectorAll("[data-opens-wide]").forEach(function (part) {
      part.open = true;
    });
  }

  /* On a phone tabs are one row that is swiped: it starts at the place where the reader is. */
  document.querySelectorAll(".tabs, .shelves").forEach(function (row) {
    const here = row.querySelector("[aria-current]");
    if (here) {
      row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left;
    }
  });

  /* htmx moves to [autofocus] however late it is; the next part does it, and looks before. */
  let landed = null;
  document.addEventListener("htmx:afterSwap", function (event) {
    landed = document.activeElement;
    event.target.querySelectorAll("[autofocus]").forEach(function (field) {
      field.removeAttribute("autofocus");
      field.setAttribute("data-focus", "");
    });
  });

  /* After a swap the keyboard goes on from where the reader would look: data-focus, else the new part. */
  document.addEventListener("htmx:afterSettle", function (event) {
    const part = event.detail.elt;
    const here = document.activeElement;
    if (here !== landed && part.contains(here)) {
      return; /* whoever was quicker than the page goes on where they are */
    }
    const wanted = part.matches("[data-focus]") ? part : part.querySelector("[data-focus]");
    if (wanted) {
      wanted.focus({ preventScroll: false });
    } else if (here === document.body && part.tabIndex >= -1) {
      if (!part.hasAttribute("tabindex")) {
        part.setAttribute("tabindex", "-1");
      }
      part.focus({ preventScroll: true });
    }
  });

  /* A box ticked while the next list was on its way keeps its tick in it: <fieldset data-keeps-ticks>. */
  let ticks = new Map();
  document.addEventListener("htmx:beforeSwap", function (event) {
    const old = event.detail.target;
    ticks = new Map();
    if (old.matches("[data-keeps-ticks]")) {
      old.querySelectorAll("input[type=checkbox]").forEach(function (box) {
        ticks.set(box.value, box.checked);
      });
    }
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.matches("[data-keeps-ticks]")) {
      event.target.querySelectorAll("input[type=checkbox]").forEach(function (box) {
        box.checked = ticks.get(box.value) ?? box.checked;
      });
    }
  });

  /* A refusal or a lost connection is said in the place where messages stand. */
  function say(sentence) {
    const place = document.getElementById("messages");
    if (!place || !sentence) {
      return;
    }
    const list = document.createElement("ul");
    const item = document.createElement("li");
    list.className = "messages";
    item.className = "message message-error";
    item.textContent = sentence;
    list.append(item);
    place.replaceChildren(list);
    place.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("htmx:responseError", function () {
    say(words && words.dataset.failed);
  });
  document.addEventListener("htmx:sendError", function () {
    say(words && words.dataset.offline);
  });

  /* Leaving a form that was filled and not sent asks first: <form data-warn-unsaved>. */
  document.addEventListener("input", function (event) {
    if (event.target.closest("form[data-warn-unsaved]")) {
      unsaved = true;
    }
  });
  document.addEventListener("submit", function () {
    unsaved = false;
  });
  document.addEventListener("htmx:afterSettle", function () {
    unsaved = Boolean(document.querySelector("form[data-warn-unsaved] .is-invalid"));
  });
  window.addEventListener("beforeunload", function (event) {
    if (unsaved) {
      event.preventDefault();
    }
  });

  /* Escape leaves the edit of a line: the link that cancels carries data-cancel. */
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") {
      return;
    }
    const form = event.target.closest("form");
    const cancel = form && form.querySelector("[data-cancel]");
    if (cancel) {
      unsaved = false;
      cancel.click();
    }
  });

  /* A button to print appears only where it can work: <button data-print hidden>. */
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });
})();
