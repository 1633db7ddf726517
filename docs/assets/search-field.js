// The large search field hands over to the search dialog: at once when clicked, with the first
// letters when typed into, or when submitted. Without this script its form opens the list of all
// questions, with the dialog open on what was asked.
{
  const field = document.querySelector(".ask__field");
  const dialog = document.querySelector("[data-md-component=search-query]");

  const handOver = (event) => {
    if (event.isComposing) return; // a word of a language with an input method is not yet whole
    event.preventDefault();
    dialog.value = field.value || dialog.value;
    field.value = "";
    dialog.focus(); // the theme opens its dialog and searches when the field gets the focus
  };

  if (field && dialog) {
    field.addEventListener("click", handOver);
    field.addEventListener("input", handOver);
    field.addEventListener("compositionend", handOver);
    field.form.addEventListener("submit", handOver);
  }
}
