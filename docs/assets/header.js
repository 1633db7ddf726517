// Search and menu: opens the search dialog from the link in the header and from the large field.
//
// Without this script the link opens the list of all questions, and the field's form does too, with
// what was asked in its address: there the theme opens the dialog by itself.
{
  const dialog = document.querySelector("[data-md-component=search-query]");
  const toggle = document.querySelector("[data-md-toggle=search]");
  const field = document.querySelector(".ask__field");
  let opener = null;

  const open = (event) => {
    if (event.isComposing) return; // a word of a language with an input method is not yet whole
    event.preventDefault();
    opener = event.currentTarget;
    if (opener === field && field.value) {
      dialog.value = field.value;
      field.value = "";
    }
    dialog.focus(); // the theme opens its dialog, and searches, when this gets the focus
  };

  document.querySelector(".search-link").addEventListener("click", open);
  if (field) {
    field.addEventListener("click", open);
    field.addEventListener("input", open);
    field.addEventListener("compositionend", open);
    field.form.addEventListener("submit", (event) => {
      event.preventDefault();
      field.click();
    });
  }

  // Closed by Escape, the dialog leaves the focus nowhere.
  toggle.addEventListener("change", () => {
    setTimeout(() => {
      if (!toggle.checked && opener && document.activeElement === document.body) opener.focus();
    });
  });

  // The menu closes like one: by Escape, and by a click elsewhere.
  const menu = document.querySelector(".menu");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}
