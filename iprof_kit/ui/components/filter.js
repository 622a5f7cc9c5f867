// A long list of folds that narrows as one types: what does not hold the words is hidden, what does
// is opened; nothing is asked of the kernel.
function plainLetters(words) {
  return words.normalize("NFD").replace(/\p{Mark}/gu, "").toLowerCase();
}

function filterFolds(field) {
  const asked = plainLetters(field.value.trim());
  let kept = 0;
  for (const fold of document.querySelectorAll(`#${field.dataset.filter} > details`)) {
    const entries = [...fold.querySelectorAll("[data-entry]")];
    for (const entry of entries) {
      const words = (entries.length === 1 ? fold : entry).textContent;
      entry.hidden = Boolean(asked) && !plainLetters(words).includes(asked);
    }
    const left = entries.filter((entry) => !entry.hidden).length;
    fold.hidden = left === 0;
    fold.open = Boolean(asked) && left > 0;
    kept += left;
  }
  const output = document.querySelector(`output[for="${field.id}"]`);
  output.textContent = output.dataset[kept === 0 ? "none" : kept === 1 ? "one" : "many"]
    .replace("0", kept);
}
