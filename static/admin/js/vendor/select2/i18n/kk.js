/* Select2 has no Kazakh of its own. */
(function () {
  "use strict";
  const amd = window.jQuery && window.jQuery.fn.select2 && window.jQuery.fn.select2.amd;
  if (!amd) {
    return;
  }
  amd.define("select2/i18n/kk", [], function () {
    return {
      errorLoading: () => "Нәтижелер жүктелмеді",
      inputTooLong: (args) => `Артық таңба: ${args.input.length - args.maximum}`,
      inputTooShort: (args) => `Тағы қажет таңба: ${args.minimum - args.input.length}`,
      loadingMore: () => "Жүктелуде…",
      maximumSelected: (args) => `Ең көбі: ${args.maximum}`,
      noResults: () => "Ештеңе табылмады",
      searching: () => "Ізделуде…",
      removeAllItems: () => "Тазалау",
    };
  });
})();
