// The segments: one page of them at a time, each with its references and outputs side by side.

// Lists become objects; what they are searched by is made when it is first needed.
function readSegments({ segments, outputs, scores, found }) {
  const failures = failuresBySegment(found);
  return segments.map(([id, source, about, references], place) => ({
    place, id, source, about,
    references: references.map(([text, outlet, relation]) => ({ text, outlet, relation })),
    outputs: outputs.map((of) => of[place]),
    scores: scores.map((of) => of.map((values) => values[place])),
    failures: failures.get(place) ?? [],
  }));
}

function segmentWords(segment) {
  segment.haystack ??= plain([segment.id, segment.source, ...segment.about, ...segment.references.flatMap(({ text, outlet }) => [text, outlet ?? ""]), ...segment.outputs].join("\n"));
  return segment.haystack;
}

function mean(values) {
  const known = values.filter((value) => value !== null);
  return known.length ? sum(known) / known.length : null;
}

// What segments are ordered by: [worst|best|apart, metric]. "apart": by how much two systems, or the best and the worst, differ.
function orderValue(segment, kind, metric, systems) {
  const values = systems.map((system) => segment.scores[metric][system]).filter((value) => value !== null);
  return kind === "apart" ? values.length > 1 ? Math.max(...values) - Math.min(...values) : null : mean(values);
}

function ordering(metrics, sort, systems) {
  const [kind, metric] = [sort.split(" ")[0], Number(sort.split(" ")[1])];
  const upwards = (kind === "worst") === (metrics[metric].higher_is_better || kind === "apart");
  const direction = kind === "apart" ? -1 : upwards ? 1 : -1;
  const values = new Map();
  const value = (segment) => values.get(segment) ?? values.set(segment, orderValue(segment, kind, metric, systems)).get(segment);
  return (one, other) => {
    const [left, right] = [value(one), value(other)];
    if (left === null || right === null) return (left === null) - (right === null);
    return direction * (left - right) || one.place - other.place;
  };
}

function chosenSystems(asked, names) {
  const wantedOnes = [asked.system, asked.other].filter(Boolean).map((name) => names.indexOf(name)).filter((place) => place >= 0);
  return wantedOnes.length ? [...new Set(wantedOnes)] : names.map((_, place) => place);
}

function chooseSegments(segments, { systems: names, metrics }) {
  const asked = wanted();
  const systems = chosenSystems(asked, names);
  const words = plain(asked.q).split(/\s+/u).filter(Boolean);
  const kept = segments.filter((segment) => words.every((word) => segmentWords(segment).includes(word))
    && (!asked.failure || segment.failures.some((each) => systems.includes(each.system) && (asked.failure === "any" || each.check === asked.failure))));
  return { systems, missing: Boolean(asked.missing), segments: asked.sort ? kept.toSorted(ordering(metrics, asked.sort, systems)) : kept };
}

function differing({ stretches }, missing) {
  return stretches.flatMap(([kind, text]) => {
    if (kind === "same") return shown(text);
    if (kind === "extra") return [element("mark", { class: "extra" }, ...shown(text))];
    return missing ? [element("del", { class: "lacking" }, ...shown(text))] : [];
  });
}

function outputRow(segment, system, view) {
  const output = segment.outputs[system];
  const near = nearest(output, segment.references.map(({ text }) => text), view.target);
  const failed = segment.failures.filter((each) => each.system === system);
  const text = output.trim() ? differing(near, view.missing) : [element("em", { lang: "en" }, "empty")];
  return element("tr", {}, element("th", { scope: "row" }, ...shown(view.names[system])),
    element("td", { lang: view.target, class: "output", dir: "auto" }, ...text, ...failed.map(failureNote)),
    element("td", { class: "near" }, segment.references.length > 1 ? `ref ${near.place + 1}` : "", element("span", { class: "unseen" }, ` ${percent(near.alike)} alike`)),
    ...view.metrics.map((metric, at) => element("td", { class: "number", "data-label": metric.label }, segment.scores[at][system] === null ? "–" : scoreText(segment.scores[at][system], view.digits[at]))));
}

function segmentCard(segment, view) {
  const several = segment.references.length > 1;
  const references = segment.references.map(({ text, outlet, relation }, place) => element("div", {},
    element("dt", {}, several ? `Reference ${place + 1}` : "Reference", ...(outlet ? [" · ", ...shown(outlet)] : []), ...(relation ? [" · ", ...shown(relation)] : [])),
    element("dd", { lang: view.target, dir: "auto" }, ...shown(text))));
  const source = segment.source && element("div", { class: "source" }, element("dt", {}, "Source", ...segment.about.flatMap((each) => [" · ", ...shown(each)])), element("dd", { lang: view.source, dir: "auto" }, ...shown(segment.source)));
  const head = element("thead", {}, element("tr", {}, ...["system", "output", ""].map((name) => element("th", { scope: "col" }, name)), ...view.metrics.map((metric) => element("th", { scope: "col", class: "number" }, ...shown(metric.label)))));
  return element("article", { class: "segment", "aria-label": `Segment ${segment.place + 1}` }, element("h3", {}, `${count(segment.place + 1)}`, segment.id !== String(segment.place + 1) && element("small", {}, " ", ...shown(segment.id))),
    element("dl", {}, source, ...references),
    element("table", { class: "outputs" }, head, element("tbody", {}, ...view.systems.map((system) => outputRow(segment, system, view)))));
}
