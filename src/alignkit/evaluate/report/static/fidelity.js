// What survives of the source in each output, and results on parts of the set; empty where that was not looked at.

const FAULT_NAMES = { wrong_language: "wrong language", too_short: "too short", too_long: "too long", over_limit: "over the limit", full_stop: "full stop" };

// What fails in each segment: {system, check, detail}, by the segment's place.
function failuresBySegment({ fidelity }) {
  const found = new Map();
  const add = (place, failure) => found.set(place, [...(found.get(place) ?? []), failure]);
  for (const [place, system, check, verdict, ...spans] of fidelity?.failures ?? []) add(place, { system, check, detail: detailOf(verdict, spans) });
  for (const [place, system, fault] of fidelity?.faults ?? []) add(place, { system, check: FAULT_NAMES[fault] ?? fault, detail: "" });
  return found;
}

function detailOf(verdict, [source, output, reference]) {
  const parts = [["source", source], ["output", output], ["reference", reference]].filter(([, texts]) => texts.length);
  return `${verdict}${parts.length ? ": " : ""}${parts.map(([name, texts]) => `${name} ${texts.map((text) => `“${text}”`).join(", ")}`).join("; ")}`;
}

function failureNote({ check, detail }) {
  return element("small", { class: "failure", lang: "en" }, element("b", {}, check), detail && " ", ...shown(detail));
}

function fidelityCards({ fidelity }, choose) {
  if (!fidelity) return [];
  return [factsCard(fidelity, choose), faultsCard(fidelity, choose), styleCard(fidelity)];
}

function factsCard({ systems }, choose) {
  const aspects = Object.keys(systems[0].facts).filter((aspect) => systems.some((each) => each.facts[aspect].checked));
  if (!aspects.length) return null;
  const cell = (system, aspect) => {
    const { agree, conflict, missing, checked, kept } = system.facts[aspect];
    if (kept === null) return element("td", { class: "number" }, "–");
    const failed = conflict + missing;
    const said = `${system.system}, ${aspect}: kept in ${count(agree)} of ${count(checked)}, another in ${count(conflict)}, left out of ${count(missing)}`;
    const text = `${(100 * kept).toFixed(1)}%`;
    return withTip(element("td", { class: "number" }, failed ? pickable(text, () => choose({ system: system.system, failure: aspect }), `${said}; show these segments`) : text,
      element("small", { class: "faint" }, ` ${count(agree)}/${count(checked)}`)), said);
  };
  return card("Facts", "The share of segments whose numbers, dates, names and turns of news are kept, of those that have any to compare. What is underlined shows the segments that fail.",
    fidelityTable("Facts kept by each system", ["system", ...aspects], systems.map((system) => [system.system, ...aspects.map((aspect) => cell(system, aspect))])));
}

function faultsCard({ systems }, choose) {
  const faults = Object.keys(systems[0].fault_counts).filter((fault) => systems.some((each) => each.fault_counts[fault]));
  if (!faults.length) return null;
  const cell = (system, fault) => {
    const number = system.fault_counts[fault];
    const name = FAULT_NAMES[fault] ?? fault;
    return element("td", { class: "number" }, number ? pickable(count(number), () => choose({ system: system.system, failure: name }), `${system.system}, ${name}: ${number}; show these segments`) : "0");
  };
  return card("Form", "How many outputs have each fault; a full stop counts only where no reference has one.",
    fidelityTable("Faults of form", ["system", ...faults.map((fault) => FAULT_NAMES[fault] ?? fault)], systems.map((system) => [system.system, ...faults.map((fault) => cell(system, fault))])));
}

function styleCard({ systems, references }) {
  const all = [...systems, { system: "references", style: references, length_ratio: null }];
  const endings = [...new Set(all.flatMap(({ style }) => Object.keys(style.endings)))];
  const number = (text) => element("td", { class: "number" }, text);
  const share = (part, { texts }) => number(texts ? percent(part / texts) : "–");
  const rows = all.map(({ system, style, length_ratio: ratio }) => [system, number(style.length.toFixed(1)), number(ratio === null ? "–" : ratio.toFixed(2)), share(style.full_stops, style), ...endings.map((ending) => share(style.endings[ending] ?? 0, style))]);
  return card("Style", "The mean length in characters, the length to that of the references, and how texts end.",
    fidelityTable("How outputs are written", ["system", "length", "ratio", "full stop", ...endings.map((ending) => `ends ${ending}`)], rows));
}

function fidelityTable(label, heads, rows) {
  const body = rows.map(([name, ...cells]) => element("tr", {}, element("th", { scope: "row" }, ...shown(name)), ...cells));
  return scrolled(label, element("table", { class: "plain-table" }, headRow(...heads), element("tbody", {}, ...body)));
}

// One table of all slices, by the metric or the aspect that is chosen; a row's best are the darkest.
function sliceCards({ slices, systems, metrics }, digits) {
  if (!slices?.length) return [];
  const aspects = [...new Set(slices.flatMap((each) => Object.keys(each.kept)))];
  const measures = [
    ...metrics.map((metric, at) => ({ label: titleOf(metric), of: (slice) => slice.scores[metric.label], sign: metric.higher_is_better ? 1 : -1, text: (value) => scoreText(value, digits[at]) })),
    ...aspects.map((aspect) => ({ label: `${aspect} kept`, of: (slice) => slice.kept[aspect], sign: 1, text: (value) => `${(100 * value).toFixed(0)}%` })),
  ];
  const holder = element("div");
  const pick = element("select", {}, ...measures.map(({ label }, at) => element("option", { value: at }, label)));
  const draw = () => holder.replaceChildren(sliceTable(slices, systems, measures[Number(pick.value)]));
  pick.addEventListener("change", draw);
  draw();
  const figure = card("By what segments have", "In each row the best systems are the darkest. Rows in italics have few segments: their scores say little.",
    element("label", { class: "measure" }, "Measure ", pick), holder);
  figure.classList.add("broad");
  return [figure];
}

function sliceTable(slices, systems, { label, of, sign, text }) {
  const rows = slices.map((slice, place) => {
    const values = systems.map((name) => of(slice)?.[name] ?? null);
    const known = values.filter((value) => value !== null).map((value) => sign * value);
    const [least, most] = [Math.min(...known), Math.max(...known)];
    const cells = values.map((value) => {
      const cell = element("td", { class: "tint number" }, value === null ? "–" : text(value));
      if (value !== null && most > least) cell.style.setProperty("--share", `${Math.round((45 * (sign * value - least)) / (most - least))}%`);
      return cell;
    });
    const begins = place && slices[place - 1].by !== slice.by;
    return element("tr", { class: [begins && "cluster", slice.is_small && "small-slice"].filter(Boolean).join(" ") || null },
      element("th", { scope: "row" }, `${slice.by}: `, ...shown(slice.value)), element("td", { class: "number" }, count(slice.segments)), ...cells);
  });
  return scrolled(`${label} by slices`, element("table", { class: "plain-table slices" }, headRow("slice", "segments", ...systems), element("tbody", {}, ...rows)));
}
