// What references do to scores: how many there are, and how well one does against the others. And what people say.

function hueOf(place, of) {
  return Math.round((360 * place) / Math.max(1, of));
}

// Lines over numbers of references, with the table that they are drawn from; a row lights its line.
function worthCard(metric, digits, names) {
  const rows = metric.references_worth;
  const height = 170;
  const values = rows.flatMap((row) => Object.values(row.scores));
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const x = (place) => 12 + (82 * place) / Math.max(1, rows.length - 1);
  const y = (value) => 10 + (height - 20) * (1 - (value - least) / (most - least || 1));
  const chart = drawing("svg", { class: "lines", height: height + 20, "aria-hidden": "true" });
  rows.forEach((row, place) => chart.append(drawing("text", { class: "tick", x: `${x(place)}%`, y: height + 14, "text-anchor": "middle" }, row.references)));
  for (const value of [least, most]) chart.append(drawing("text", { class: "tick", x: 0, y: y(value) + 4 }, scoreText(value, digits)));
  const groups = names.map((name, at) => {
    const group = drawing("g", { class: "line" });
    group.style.setProperty("--hue", hueOf(at, names.length));
    rows.forEach((row, place) => {
      group.append(drawing("circle", { cx: `${x(place)}%`, cy: y(row.scores[name]), r: 3 }));
      if (place) group.append(drawing("line", { x1: `${x(place - 1)}%`, y1: y(rows[place - 1].scores[name]), x2: `${x(place)}%`, y2: y(row.scores[name]) }));
    });
    return group;
  });
  chart.append(...groups);
  const table = countTable(rows, digits, names, `${metric.label} with so many references`);
  table.querySelectorAll("tbody tr").forEach((row, at) => {
    const key = element("i", { class: "key line-key" });
    key.style.setProperty("--hue", hueOf(at, names.length));
    row.firstChild.prepend(key);
    row.addEventListener("pointerenter", () => groups[at].classList.add("lit"));
    row.addEventListener("pointerleave", () => groups[at].classList.remove("lit"));
  });
  return card(`${titleOf(metric)}: worth of references`, `The same ${count(rows[0].segments)} segments, scored with 1 to ${rows.length} of their references.`, chart, table);
}

function countTable(rows, digits, names, label) {
  const head = headRow("system", ...rows.map((row) => `${row.references} ${row.references === 1 ? "reference" : "references"}`));
  const body = names.map((name) => element("tr", {}, element("th", { scope: "row" }, ...shown(name)), ...rows.map((row) => element("td", { class: "number" }, scoreText(row.scores[name], digits)))));
  const foot = element("tfoot", {}, element("tr", {}, element("th", { scope: "row" }, "segments"), ...rows.map((row) => element("td", { class: "number" }, count(row.segments)))));
  return scrolled(label, element("table", { class: "plain-table" }, head, element("tbody", {}, ...body), foot));
}

function byCountCard(metric, digits, names) {
  return card(`${titleOf(metric)}: by number of references`, "Other segments in each column: a breakdown, not an effect.",
    countTable(metric.by_reference_count, digits, names, `${metric.label} by number of references`));
}

function ceilingCard(metric, digits, names) {
  const { people, scores, segments } = metric.ceiling;
  const sign = metric.higher_is_better ? -1 : 1;
  const rows = [...names.map((name) => [name, scores[name], "dot"]), ["reprints", people, "person"]].sort((one, other) => sign * (one[1] - other[1]));
  const scale = scaleOf(rows.map((row) => row[1]));
  const body = rows.map(([name, score, kind]) => element("tr", { class: kind === "person" ? "people" : null }, element("th", { scope: "row" }, ...shown(name)), dotAndWhisker(scale, { score }, kind), element("td", { class: "number strong" }, scoreText(score, digits))));
  return card(`${titleOf(metric)}: beside people`, `Each reprint against the others of its story, and the systems against the same (${count(segments)} segments).`,
    scrolled(`${metric.label} of people and systems`, element("table", { class: "dots" }, element("tbody", {}, ...body), scaleFoot(scale, digits, 1, 1))));
}

function agreementCard(rows) {
  const part = (value) => (value === null ? "–" : value.toFixed(3));
  const body = rows.map((row) => element("tr", {}, element("th", { scope: "row" }, ...shown(row.metric)), element("td", {}, row.level), element("td", { class: "number" }, count(row.pairs)),
    ...[row.kendall, row.accuracy, row.pearson].map((value) => element("td", { class: "number" }, part(value)))));
  return card("Metrics and people", "Kendall's tau-b, the share of pairs that a metric orders as people do, and Pearson's correlation.",
    scrolled("Agreement with people", element("table", { class: "plain-table" }, headRow("metric", "level", "pairs", "tau-b", "pairs right", "Pearson"), element("tbody", {}, ...body))));
}
