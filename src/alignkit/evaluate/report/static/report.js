// The page put together: its data read, its figures drawn, its segments kept as the form says.

const report = JSON.parse(byId("data").textContent);
const { found } = report;
const segments = readSegments(report);

function drawHead() {
  const { test_set: set, protocol } = found;
  byId("name").append(...shown(set.name));
  const badges = [`${set.source_language} → ${set.target_language}`, `references: ${protocol}`, `data ${set.fingerprint}`];
  byId("badges").append(...badges.map((badge) => element("span", { class: "badge" }, ...shown(badge))));
  const references = segments.map((segment) => segment.references.length);
  const [least, most] = [Math.min(...references), Math.max(...references)];
  const keys = [["systems", count(found.systems.length)], ["segments", count(set.segments)], ["stories", count(set.stories)],
    ["references a segment", least === most ? least : `${least} to ${most}`], ["left out", count(set.left_out)]];
  byId("keys").append(...keys.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))));
  byId("warnings").append(...found.warnings.map((warning) => element("li", {}, ...shown(warning))));
  byId("warnings").hidden = !found.warnings.length;
  byId("signatures").append(...report.signatures.map((line) => element("li", {}, element("code", {}, ...shown(line)))));
  byId("colophon").append(`Made by alignkit ${report.version}. The page loads nothing and sends nothing.`);
}

// A part of the page, left out whole where there is nothing to draw.
function drawPart(name, cards) {
  const drawn = cards.filter(Boolean);
  byId(name).append(...drawn);
  byId(name).closest("section").hidden = !drawn.length;
}

function drawFigures(choose) {
  const { metrics, settings, systems } = found;
  const each = (draw, when = () => true) => metrics.map((metric, at) => when(metric) && draw(metric, report.digits[at]));
  drawPart("scores", each((metric, digits) => scoreCard(metric, digits, settings.level)));
  drawPart("pairs", each((metric, digits) => matrixCard(metric, digits, settings), (metric) => metric.comparisons.length));
  drawPart("references", [
    ...each((metric, digits) => worthCard(metric, digits, systems), (metric) => metric.references_worth.length),
    ...each((metric, digits) => ceilingCard(metric, digits, systems), (metric) => metric.ceiling),
    ...each((metric, digits) => byCountCard(metric, digits, systems), (metric) => metric.by_reference_count.length),
  ]);
  drawPart("fidelity", fidelityCards(found, choose));
  drawPart("slices", sliceCards(found, report.digits));
  drawPart("people", found.agreement.length ? [agreementCard(found.agreement)] : []);
}

function offerAll() {
  offer("system", found.systems);
  offer("other", found.systems);
  found.metrics.forEach((metric, at) => offer("sort", [[`worst ${at}`, `worst ${metric.label} first`], [`best ${at}`, `best ${metric.label} first`], [`apart ${at}`, `${metric.label} most apart`]]));
  const checks = [...new Set(segments.flatMap((segment) => segment.failures.map((each) => each.check)))];
  offer("failure", ["any", ...checks]);
  byId("failure-choice").hidden = !checks.length;
}

// The segments that the form lets through, and how they are looked at.
let view = {};

function pickSegments() {
  const { test_set: set, systems: names, metrics } = found;
  view = { ...chooseSegments(segments, found), names, metrics, digits: report.digits, source: set.source_language, target: set.target_language };
  return view.segments;
}

function drawSegments(some) {
  return some.length ? some.map((segment) => segmentCard(segment, view)) : [element("p", { class: "nothing" }, "No segment is like that.")];
}

drawHead();
offerAll();
const list = listen({ section: "segments", total: segments.length, names: ["segment", "segments"], pick: pickSegments, draw: drawSegments });
drawFigures(list.choose);
