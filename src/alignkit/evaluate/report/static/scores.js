// Scores with their intervals, and the matrix of pairs.

function scoreText(value, digits) {
  return value === null ? "–" : value.toFixed(digits).replace("-", "−");
}

function rankedOf(metric) {
  const sign = metric.higher_is_better ? -1 : 1;
  return metric.systems.toSorted((one, other) => sign * (one.score - other.score));
}

function titleOf(metric) {
  return `${metric.label} ${metric.higher_is_better ? "↑" : "↓"}`;
}

// A scale from the least to the largest value, with some room at both ends, as shares of a drawing's width.
function scaleOf(values) {
  const least = Math.min(...values);
  const room = (Math.max(...values) - least) * 0.04 || 1;
  const whole = Math.max(...values) - least + 2 * room;
  return { at: (value) => (100 * (value - least + room)) / whole, ends: [least, Math.max(...values)] };
}

// A row's drawing: a whisker from low to high, if there are such, and a dot.
function dotAndWhisker(scale, { score, low = null, high = null }, kind = "dot") {
  const chart = drawing("svg", { class: "whiskers", height: 18, "aria-hidden": "true" });
  chart.append(drawing("line", { class: "track", x1: 0, x2: "100%", y1: 9, y2: 9 }));
  if (low !== null) {
    const line = (from, to, top, bottom) => drawing("line", { class: "whisker", x1: `${scale.at(from)}%`, x2: `${scale.at(to)}%`, y1: top, y2: bottom });
    chart.append(line(low, high, 9, 9), line(low, low, 4, 14), line(high, high, 4, 14));
  }
  chart.append(drawing("circle", { class: kind, cx: `${scale.at(score)}%`, cy: 9, r: 3.5 }));
  return element("td", { class: "drawn" }, chart);
}

function scaleFoot(scale, digits, before, after) {
  const chart = drawing("svg", { class: "whiskers", height: 14, "aria-hidden": "true" });
  scale.ends.forEach((value, place) => chart.append(drawing("text", { class: "tick", x: `${scale.at(value)}%`, y: 11, "text-anchor": place ? "end" : "start" }, scoreText(value, digits))));
  return element("tfoot", {}, element("tr", {}, element("td", { colspan: before }), element("td", {}, chart), element("td", { colspan: after })));
}

function headRow(...names) {
  return element("thead", {}, element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, ...shown(name)))));
}

function scoreCard(metric, digits, level) {
  const ranked = rankedOf(metric);
  const scale = scaleOf(ranked.flatMap((each) => [each.low, each.high]));
  const body = ranked.map((each, place) => {
    const rank = each.best_rank === each.worst_rank ? each.best_rank : `${each.best_rank}–${each.worst_rank}`;
    const drawn = withTip(dotAndWhisker(scale, each), `${each.system}: ${scoreText(each.score, digits)} [${scoreText(each.low, digits)}, ${scoreText(each.high, digits)}]`);
    const begins = place && ranked[place - 1].cluster !== each.cluster;
    return element("tr", { class: begins ? "cluster" : null }, element("th", { scope: "row" }, ...shown(each.system)), drawn,
      element("td", { class: "number strong" }, scoreText(each.score, digits)),
      element("td", { class: "number faint" }, `${scoreText(each.low, digits)} – ${scoreText(each.high, digits)}`),
      element("td", { class: "number" }, each.cluster), element("td", { class: "number" }, rank));
  });
  return card(titleOf(metric), `With ${Math.round(100 * (1 - level))}% bootstrap intervals. A line parts clusters: every system above it is told apart from every one below. Ranks are those that the tests leave open.`,
    scrolled(`${metric.label} of each system`, element("table", { class: "dots" }, headRow("system", "", "score", "interval", "cluster", "rank"), element("tbody", {}, ...body), scaleFoot(scale, digits, 1, 4))));
}

// Above the diagonal the better row's score less the column's, below it the pair's corrected p-value.
function matrixCard(metric, digits, { test, level }) {
  const ranked = rankedOf(metric);
  const pairs = new Map();
  for (const pair of metric.comparisons) {
    pairs.set(JSON.stringify([pair.first, pair.second]), [pair, 1]);
    pairs.set(JSON.stringify([pair.second, pair.first]), [pair, -1]);
  }
  const cell = (row, column) => {
    const [better, worse] = [ranked[Math.min(row, column)].system, ranked[Math.max(row, column)].system];
    return row === column ? element("td", { class: "self" }) : pairCell(better, worse, pairs.get(JSON.stringify([better, worse])), { digits, test, above: column > row });
  };
  const body = ranked.map((each, row) => element("tr", {}, element("th", { scope: "row" }, `${row + 1} `, ...shown(each.system)), ...ranked.map((_, column) => cell(row, column))));
  const heads = ranked.map((each, place) => element("th", { scope: "col", title: each.system, "aria-label": each.system }, place + 1));
  const figure = card(titleOf(metric), `Above the diagonal: the row's score less the column's. Below: the pair's p by ${test} after Holm's correction. Filled where it is below ${level}.`,
    scrolled(`Pairs of systems by ${metric.label}`, element("table", { class: "matrix" }, element("thead", {}, element("tr", {}, element("td"), ...heads)), element("tbody", {}, ...body))));
  if (ranked.length > BROAD_FROM) figure.classList.add("broad");
  return figure;
}

const BROAD_FROM = 11;
const LEAST_P = 0.001;

function pText(value) {
  return value < LEAST_P ? "<.001" : value.toFixed(3).replace(/^0/u, "");
}

function pairCell(better, worse, [pair, sign], { digits, test, above }) {
  const difference = scoreText(sign * pair.difference, digits);
  const [p, holm] = [`p_${test}`, `holm_${test}`].map((name) => pText(pair[name]));
  const said = `${better} − ${worse}: ${difference}; p ${p}, corrected ${holm}: ${pair.told_apart ? "told apart" : "not told apart"}`;
  return withTip(element("td", { class: pair.told_apart ? "apart" : "open" }, above ? difference : holm, element("span", { class: "unseen" }, pair.told_apart ? " told apart" : "")), said);
}
