// The page put together: its data read, its figures drawn, its table kept as the form says.

const { stats, listing, version } = JSON.parse(byId("data").textContent);
const pairs = readPairs(listing);
let chosen = pairs;
let page = 0;

function showPage() {
  const size = Number(byId("size").value);
  const pages = Math.max(1, Math.ceil(chosen.length / size));
  page = Math.min(Math.max(page, 0), pages - 1);
  const first = page * size;
  const rows = chosen.slice(first, first + size).map(pairRow);
  if (!rows.length) rows.push(element("tr", { role: "row" }, element("td", { role: "cell", colspan: 7, class: "nothing" }, "No pair is like that.")));
  byId("rows").replaceChildren(...rows);
  const range = chosen.length ? `${count(first + 1)} to ${count(Math.min(first + size, chosen.length))} of ` : "";
  const among = chosen.length === pairs.length ? "" : ` (of ${count(pairs.length)})`;
  byId("found").textContent = `${range}${count(chosen.length)} ${chosen.length === 1 ? "pair" : "pairs"}${among}`;
  byId("page").value = page + 1;
  byId("page").max = pages;
  byId("pages").textContent = `of ${count(pages)}`;
  byId("previous").disabled = page === 0;
  byId("next").disabled = page === pages - 1;
}

function update() {
  chosen = choosePairs(pairs);
  page = 0;
  writeAddress();
  markSorted();
  showPage();
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
  update();
}

// What a figure chooses takes the place of what was chosen before, and the table comes into view.
function choose(choices) {
  form.reset();
  want(choices);
  update();
  byId("pairs").focus({ preventScroll: true });
  byId("pairs").scrollIntoView();
}

function turn(to) {
  page = to;
  showPage();
  byId("found").scrollIntoView({ block: "nearest" });
}

function listen() {
  let waiting = 0;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, 120);
  });
  form.addEventListener("reset", () => setTimeout(update));
  for (const head of document.querySelectorAll("th[data-sort]")) head.firstElementChild.addEventListener("click", () => sortBy(head.dataset.sort));
  byId("previous").addEventListener("click", () => turn(page - 1));
  byId("next").addEventListener("click", () => turn(page + 1));
  byId("page").addEventListener("change", () => turn(Math.round(Number(byId("page").value)) - 1 || 0));
  byId("size").addEventListener("change", () => turn(0));
  addEventListener("hashchange", () => {
    if (location.hash === "#pairs") return;
    form.reset();
    readAddress();
    update();
  });
}

drawHead(stats, version);
drawFigures(stats, choose);
offerChoices(pairs);
if (listing.rows.length < listing.total) {
  byId("sampled").hidden = false;
  byId("sampled").textContent = `The table lists ${count(listing.rows.length)} of the ${count(listing.total)} pairs, evenly taken from all of them; the figures above count every pair.`;
}
byId("legend").hidden = stats.text !== "full";
readAddress();
listen();
update();
