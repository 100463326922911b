// The page put together: its data read, its figures drawn, its segments kept as the form says.

const report = JSON.parse(byId("data").textContent);
const { found } = report;
const segments = readSegments(report);
let chosen = { segments, systems: [], missing: false };
let page = 0;

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

function drawFigures() {
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

function offer(name, choices) {
  form.elements[name].append(...choices.map(([value, label]) => element("option", { value }, label)));
}

function offerAll() {
  const names = found.systems.map((name) => [name, name]);
  offer("system", names);
  offer("other", names);
  found.metrics.forEach((metric, at) => offer("sort", [[`worst ${at}`, `worst ${metric.label} first`], [`best ${at}`, `best ${metric.label} first`], [`apart ${at}`, `${metric.label} most apart`]]));
  const checks = [...new Set(segments.flatMap((segment) => segment.failures.map((each) => each.check)))];
  offer("failure", [["any", "any"], ...checks.map((check) => [check, check])]);
  byId("failure-choice").hidden = !checks.length;
}

function showPage() {
  const size = Number(byId("size").value);
  const pages = Math.max(1, Math.ceil(chosen.segments.length / size));
  page = Math.min(Math.max(page, 0), pages - 1);
  const first = page * size;
  const view = { ...chosen, names: found.systems, metrics: found.metrics, digits: report.digits, source: found.test_set.source_language, target: found.test_set.target_language };
  const rows = chosen.segments.slice(first, first + size).map((segment) => segmentCard(segment, view));
  byId("rows").replaceChildren(...(rows.length ? rows : [element("p", { class: "nothing" }, "No segment is like that.")]));
  const range = rows.length ? `${count(first + 1)} to ${count(first + rows.length)} of ` : "";
  const among = chosen.segments.length === segments.length ? "" : ` (of ${count(segments.length)})`;
  byId("found").textContent = `${range}${count(chosen.segments.length)} ${chosen.segments.length === 1 ? "segment" : "segments"}${among}`;
  byId("page").value = page + 1;
  byId("page").max = pages;
  byId("pages").textContent = `of ${count(pages)}`;
  byId("previous").disabled = page === 0;
  byId("next").disabled = page === pages - 1;
}

function update() {
  chosen = chooseSegments(segments, found);
  page = 0;
  writeAddress();
  showPage();
}

// A form's checkbox is on or off, whatever value it is told to have.
function readForm() {
  const { missing } = form.elements;
  readAddress();
  missing.checked = new URLSearchParams(location.hash.slice(1)).has("missing");
  missing.value = "1";
}

// What a figure chooses takes the place of what was chosen before, and the segments come into view.
function choose(choices) {
  form.reset();
  want(choices);
  update();
  byId("segments").focus({ preventScroll: true });
  byId("segments").scrollIntoView();
}

function turn(to) {
  page = to;
  showPage();
  byId("found").scrollIntoView({ block: "start" });
}

function listen() {
  let waiting = 0;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, 120);
  });
  form.addEventListener("reset", () => setTimeout(update));
  byId("previous").addEventListener("click", () => turn(page - 1));
  byId("next").addEventListener("click", () => turn(page + 1));
  byId("page").addEventListener("change", () => turn(Math.round(Number(byId("page").value)) - 1 || 0));
  byId("size").addEventListener("change", () => turn(0));
  addEventListener("hashchange", () => {
    if (location.hash === "#segments") return;
    form.reset();
    readForm();
    update();
  });
}

drawHead();
drawFigures();
offerAll();
readForm();
listen();
update();
