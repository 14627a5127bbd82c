/* A form whose answer may take seconds shows that work goes on: <form data-working="sentence">. */
(function () {
  "use strict";

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (!form.dataset.working || event.defaultPrevented) {
      return;
    }
    if (form.querySelector(".working")) {
      /* The first press is on its way; a second one would only wait behind it. */
      event.preventDefault();
      return;
    }
    const line = document.createElement("p");
    const bar = document.createElement("progress");
    line.className = "working";
    line.setAttribute("role", "status");
    bar.setAttribute("aria-hidden", "true");
    form.append(line);
    line.append(bar, " " + form.dataset.working);
    line.scrollIntoView({ block: "nearest" });
    /* Stopped by hand, or lost on the way: the button works again. */
    window.setTimeout(function () {
      line.remove();
    }, 60000);
  });

  /* A page that the browser kept and brings back waits for nothing. */
  window.addEventListener("pageshow", function () {
    document.querySelectorAll(".working").forEach(function (line) {
      line.remove();
    });
  });
})();
