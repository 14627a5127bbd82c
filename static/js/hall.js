/* The row of questions on the console: what is noted without a connection shows at once, and what
   was raised or handed in meanwhile gets a row of its own, so that its answer can be noted too. */
(function () {
  "use strict";

  const page = document.getElementById("day");
  const enter = document.getElementById("day-enter");
  const blank = document.getElementById("hall-blank");
  const NOBODY = "00000000-0000-4000-8000-000000000000";
  if (!page || !enter || !blank) {
    return;
  }

  function rowOf(uuid) {
    return document.querySelector("[data-hall-row='" + uuid + "']");
  }

  /* A copy of the blank row under the identity that the note carries: the site will know it by it. */
  function addRow(item) {
    const list = document.querySelector("[data-hall-waiting]");
    const values = Object.fromEntries(item.fields);
    if (!list || rowOf(item.note)) {
      return;
    }
    const holder = document.createElement("div");
    holder.append(document.importNode(blank.content, true));
    holder.querySelectorAll("*").forEach(function (part) {
      Array.from(part.attributes).forEach(function (attribute) {
        if (attribute.value.includes(NOBODY)) {
          part.setAttribute(attribute.name, attribute.value.replace(NOBODY, item.note));
        }
      });
    });
    holder.querySelectorAll("strong, form[data-said], .visually-hidden").forEach(function (part) {
      if (part.dataset.said !== undefined) {
        part.dataset.said = item.said;
      } else {
        part.textContent = part.matches("strong") ? "№ …" : " " + item.said;
      }
    });
    holder.querySelector("[data-hall-text]").textContent = values.text || "";
    list.append(...holder.children);
    tell(item.note, item.said);
  }

  function tell(uuid, said) {
    const row = rowOf(uuid);
    const place = row && row.querySelector("[data-hall-noted]");
    if (place) {
      place.textContent = enter.dataset.hallWords + " " + said;
      place.hidden = false;
    }
  }

  function follow(item, form) {
    if (form.matches("[data-hall-enter]")) {
      addRow(item);
      return;
    }
    const row = form.closest("[data-hall-row]");
    if (row) {
      tell(row.dataset.hallRow, item.said);
    }
  }

  page.addEventListener("day:noted", function (event) {
    const form = event.detail.form;
    follow(event.detail.item, form);
    /* A part with an open form is not renewed: close it when it was sent. */
    const opened = form.closest("details");
    if (opened) {
      opened.open = false;
    }
  });
})();
