/* The clocks of the big screen tick between two readings; the page renews itself by htmx. */
(function () {
  "use strict";

  let since = performance.now();

  function words(seconds) {
    const two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    const rest = two(Math.floor((seconds % 3600) / 60)) + ":" + two(seconds % 60);
    return hours ? hours + ":" + rest : rest;
  }

  function tick() {
    const screen = document.getElementById("screen");
    const running = screen && screen.querySelector("[data-clock='" + screen.dataset.running + "']");
    if (running) {
      const seconds = Number(running.dataset.seconds) + (performance.now() - since) / 1000;
      running.querySelector("[data-time]").textContent = words(Math.floor(seconds));
    }
  }

  document.addEventListener("htmx:afterSwap", function () {
    since = performance.now();
    tick();
  });
  setInterval(tick, 1000);
})();
