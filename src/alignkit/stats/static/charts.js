// Kinds of figures. Bars and grids are tables whose cells are drawn, so that they can be read out as what they are.

const SERIES = ["train", "validation", "test"];

function seriesClass(name) {
  const known = SERIES.indexOf(name);
  return `series-${known < 0 ? 3 : known}`;
}

function seriesLegend(names) {
  if (names.length < 2) return null;
  const keys = names.map((name) => element("span", {}, element("i", { class: `key ${seriesClass(name)}` }), ...shown(name)));
  return element("p", { class: "series" }, ...keys);
}

function inSeries(counts) {
  return Object.entries(counts).map(([name, number]) => `${name} ${count(number)}`).join(", ");
}

function card(title, note, ...content) {
  return element("figure", { class: "card" }, element("figcaption", {}, element("h3", {}, title), note && element("p", {}, note)), ...content);
}

function pickable(label, pick, explained) {
  const button = element("button", { type: "button", class: "pick", "aria-label": explained }, ...(typeof label === "string" ? shown(label) : [label]));
  button.addEventListener("click", pick);
  return button;
}

// Rows of bars, each of parts: {label, meaning, parts: [[name, number]], note, pick}.
function bars(caption, rows, { share = false, classOf = seriesClass } = {}) {
  const most = Math.max(1, ...rows.map((row) => sum(row.parts.map((part) => part[1]))));
  const body = rows.map((row) => {
    const total = sum(row.parts.map((part) => part[1]));
    const bar = element("span", { class: "bar" });
    for (const [name, number] of row.parts) {
      if (!number) continue;
      const part = withTip(element("span", { class: classOf(name) }), `${row.label}, ${name}: ${count(number)} (${percent(number / total)})`);
      part.style.width = `${(100 * number) / (share ? total : most)}%`;
      bar.append(part);
    }
    const label = row.pick ? pickable(row.label, row.pick, `${row.label}: show these pairs`) : shown(row.label);
    const meaning = row.meaning && element("small", {}, row.meaning);
    return element("tr", {}, element("th", { scope: "row" }, label, meaning), element("td", { class: "drawn" }, bar), element("td", { class: "number" }, row.note ?? count(total)));
  });
  return element("table", { class: "bars" }, element("caption", { class: "unseen" }, caption), element("tbody", {}, ...body));
}

// Columns over intervals: bins {low, high, counts}. Left and right move between them, Enter picks.
function columns(caption, bins, { unit, pick = null, height = 120 }) {
  const totals = bins.map((bin) => sum(Object.values(bin.counts)));
  const most = Math.max(1, ...totals);
  const every = Math.ceil(bins.length / 7);
  const chart = drawing("svg", { class: "columns", height: height + 22, role: "group", "aria-label": `${caption}. Arrow keys move between the columns.` });
  const hits = bins.map((bin, place) => {
    const left = (100 * place) / bins.length;
    const width = 100 / bins.length;
    let top = height;
    const name = `${interval(bin)} ${unit}`;
    const group = drawing("g", { class: pick ? "column pick" : "column" });
    for (const [series, number] of ordered(bin.counts)) {
      const tall = number && Math.max(1.5, (number / most) * (height - 16));
      top -= tall;
      group.append(drawing("rect", { class: seriesClass(series), x: `${left + width * 0.08}%`, width: `${width * 0.84}%`, y: top, height: tall }));
    }
    const label = `${name}: ${count(totals[place])}${Object.keys(bin.counts).length > 1 ? ` (${inSeries(bin.counts)})` : ""}`;
    const hit = withTip(drawing("rect", { class: "hit", x: `${left}%`, width: `${width}%`, y: 0, height, tabindex: place ? -1 : 0, role: pick ? "button" : "img", "aria-label": label }), label);
    if (pick) hit.addEventListener("click", () => pick(bin));
    group.append(hit);
    chart.append(group);
    if (place % every === 0 && bin.low !== null) chart.append(drawing("text", { class: "tick", x: `${left}%`, y: height + 15, "text-anchor": place ? "middle" : "start" }, tick(bin.low)));
    return hit;
  });
  chart.append(drawing("line", { class: "axis", x1: 0, x2: "100%", y1: height, y2: height }));
  chart.addEventListener("keydown", (event) => moveBetween(event, hits));
  return chart;
}

function moveBetween(event, hits) {
  const here = hits.indexOf(event.target);
  const steps = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: hits.length - 1 };
  if (event.key === "Enter" || event.key === " ") event.target.dispatchEvent(new MouseEvent("click"));
  else if (!(event.key in steps)) return;
  event.preventDefault();
  const next = hits[steps[event.key]];
  if (!next) return;
  event.target.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}

function ordered(counts) {
  return Object.entries(counts).sort((one, other) => SERIES.indexOf(one[0]) - SERIES.indexOf(other[0]));
}

function tick(number) {
  return String(Math.round(number * 100) / 100).replace("-", "−");
}

function interval({ low, high }) {
  if (low === null) return `below ${tick(high)}`;
  return high === null ? `${tick(low)} and more` : `${tick(low)} to ${tick(high)}`;
}

// A cell whose shade says how large its number is, next to the largest of its grid.
function shade(number, most, text = short(number)) {
  const share = number ? 0.08 + 0.92 * Math.sqrt(number / most) : 0;
  const cell = element("td", { class: share > 0.78 ? "shade strong" : "shade" }, number ? text : "");
  cell.style.setProperty("--share", `${Math.round(share * 100)}%`);
  return cell;
}

function scrolled(label, table) {
  return element("div", { class: "scrolled", tabindex: 0, role: "region", "aria-label": label }, table);
}
