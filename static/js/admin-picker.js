/* Gives the pickers of the admin their names: Select2 leaves them without one. */
(function () {
  "use strict";
  const $ = window.django && window.django.jQuery;
  if (!$) {
    return;
  }

  function labelOf(select) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    return label ? label.textContent.replace(":", "").trim() : "";
  }

  function name(root) {
    for (const select of root.querySelectorAll("select.admin-autocomplete")) {
      const box = select.parentElement.querySelector(".select2-selection");
      if (box) {
        box.setAttribute("aria-label", labelOf(select));
        const shown = box.querySelector(".select2-selection__rendered");
        shown?.removeAttribute("role");
        shown?.removeAttribute("aria-readonly");
      }
    }
  }

  $(() => name(document));
  document.addEventListener("formset:added", (event) => name(event.target));
  $(document).on("select2:open", (event) => {
    const field = document.querySelector(".select2-container--open .select2-search__field");
    field?.setAttribute("aria-label", labelOf(event.target));
  });
})();
