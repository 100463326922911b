// The page put together: its data read, its figures drawn, its table kept as the form says.

const { stats, listing, version } = JSON.parse(byId("data").textContent);
const pairs = readPairs(listing);

function drawPairs(some) {
  if (some.length) return some.map(pairRow);
  return [element("tr", { role: "row" }, element("td", { role: "cell", colspan: 7, class: "nothing" }, "No pair is like that."))];
}

function markSorted() {
  const { sort, direction } = wanted();
  for (const head of document.querySelectorAll("th[data-sort]")) {
    head.setAttribute("aria-sort", head.dataset.sort !== sort ? "none" : direction === "down" ? "descending" : "ascending");
  }
}

function sortBy(field) {
  const { sort, direction } = wanted();
  // Scores are looked at from the top.
  const first = field === "score" ? "down" : "";
  want({ sort: field, direction: sort === field ? (direction === "down" ? "" : "down") : first });
}

drawHead(stats, version);
if (listing.rows.length < listing.total) {
  byId("sampled").hidden = false;
  byId("sampled").textContent = `The table lists ${count(listing.rows.length)} of the ${count(listing.total)} pairs, evenly taken from all of them; the figures above count every pair.`;
}
byId("legend").hidden = stats.text !== "full";
offerChoices(pairs);
const table = listen({
  section: "pairs",
  total: pairs.length,
  names: ["pair", "pairs"],
  pick: () => {
    markSorted();
    return choosePairs(pairs);
  },
  draw: drawPairs,
});
for (const head of document.querySelectorAll("th[data-sort]")) {
  head.firstElementChild.addEventListener("click", () => {
    sortBy(head.dataset.sort);
    table.update();
  });
}
drawFigures(stats, table.choose);
