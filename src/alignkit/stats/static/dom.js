// Elements made from names and text. Nothing here takes HTML, and the page's policy lets nothing else do so.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function drawing(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function byId(id) {
  return document.getElementById(id);
}

function count(number) {
  return number.toLocaleString("en");
}

function short(number) {
  return number < 10000 ? String(number) : new Intl.NumberFormat("en", { notation: "compact" }).format(number);
}

function percent(share) {
  return share > 0 && share < 0.005 ? "<1%" : `${Math.round(share * 100)}%`;
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

// A link if the address is one of the web; any other address is text.
function webLink(address, label) {
  const parsed = URL.canParse(address) ? new URL(address) : null;
  if (parsed === null || !["http:", "https:"].includes(parsed.protocol)) return shown(label);
  return [element("a", { href: parsed.href, rel: "noreferrer noopener", target: "_blank" }, ...shown(label))];
}

// Characters that turn the direction of what follows, or are not to be seen, are shown by their numbers.
const UNSEEN = /([\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff])/u;

function shown(text) {
  return String(text).split(UNSEEN).filter((part) => part !== "").map((part) => {
    if (!UNSEEN.test(part)) return part;
    const name = `U+${part.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    return element("span", { class: "control", title: `${name}, which is not to be seen` }, name);
  });
}

// One tooltip for all figures; what it says is in the labels of what it is shown for, too.
const tip = byId("tip");

function showTip(target, text) {
  tip.textContent = text;
  tip.hidden = false;
  const place = target.getBoundingClientRect();
  const widest = document.documentElement.clientWidth - tip.offsetWidth - 8;
  tip.style.left = `${Math.max(8, Math.min(widest, place.left + place.width / 2 - tip.offsetWidth / 2))}px`;
  const above = place.top - tip.offsetHeight - 6;
  tip.style.top = `${above > 4 ? above : place.bottom + 6}px`;
}

function hideTip() {
  tip.hidden = true;
}

function withTip(target, text) {
  target.addEventListener("pointerenter", () => showTip(target, text));
  target.addEventListener("focus", () => showTip(target, text));
  target.addEventListener("pointerleave", hideTip);
  target.addEventListener("blur", hideTip);
  return target;
}

document.addEventListener("keydown", (event) => event.key === "Escape" && hideTip());
document.addEventListener("scroll", hideTip, { passive: true });
