// What a page does beyond its HTML, all of which works without this file.

for (const button of document.querySelectorAll("button[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without https, or where the browser does not ask: the old way, from the selection.
      document.execCommand("copy");
    }
    document.getElementById(button.dataset.says).textContent = button.dataset.done;
  });
}

// A press that comes twice counts once anyway; this only shows that the first one counted.
for (const form of document.forms) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
  });
}
// Whoever comes back by the browser's button may send again.
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// After an error the reader is taken to what was said about it.
const said = document.getElementById("said");
if (said) {
  said.tabIndex = -1;
  said.focus();
}
