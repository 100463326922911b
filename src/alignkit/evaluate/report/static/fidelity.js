// What survives of the source in each output, and scores on parts of the set; empty where that was not looked at.

function failuresBySegment() {
  return new Map();
}

function failureNote(failure) {
  return element("small", { class: "failure", lang: "en" }, `${failure.check}: `, ...shown(failure.detail));
}

function fidelityCards() {
  return [];
}

function sliceCards() {
  return [];
}
