// A form that says which of a list's items are wanted, the address that keeps what it says, and the pages of those items.

const form = byId("filters");

function plain(text) {
  return String(text).normalize("NFKC").toLowerCase();
}

// More to choose from in a field: values, or values with what they are called.
function offer(name, choices) {
  form.elements[name].append(...choices.map((choice) => {
    const [value, label] = [choice].flat();
    return element("option", { value }, label ?? value);
  }));
}

function wanted() {
  return Object.fromEntries(new FormData(form));
}

function want(choices) {
  for (const [name, value] of Object.entries(choices)) {
    const field = form.elements.namedItem(name);
    // A checkbox is on or off, whatever value it is told to have.
    if (field?.type === "checkbox") field.checked = Boolean(value);
    else if (field) field.value = value ?? "";
  }
}

function readAddress() {
  want(Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
}

function writeAddress() {
  const said = new URLSearchParams(Object.entries(wanted()).filter(([, value]) => value !== ""));
  history.replaceState(null, "", said.size ? `#${said}` : location.pathname + location.search);
}

// One page of the items is drawn into #rows, and said in #found; gives the page, which may not be the one asked for.
function showPage(asked, chosen, { total, names: [one, many], draw }) {
  const size = Number(byId("size").value);
  const pages = Math.max(1, Math.ceil(chosen.length / size));
  const page = Math.min(Math.max(asked, 0), pages - 1);
  const [first, last] = [page * size, Math.min((page + 1) * size, chosen.length)];
  byId("rows").replaceChildren(...draw(chosen.slice(first, last)));
  const range = chosen.length ? `${count(first + 1)} to ${count(last)} of ` : "";
  const among = chosen.length === total ? "" : ` (of ${count(total)})`;
  byId("found").textContent = `${range}${count(chosen.length)} ${chosen.length === 1 ? one : many}${among}`;
  byId("page").value = page + 1;
  byId("page").max = pages;
  byId("pages").textContent = `of ${count(pages)}`;
  byId("previous").disabled = page === 0;
  byId("next").disabled = page === pages - 1;
  return page;
}

// Keeps a list as the form says, from now on. The hooks are
//   section: the id of the section that it is in;  total: how many items there are;  names: one of them, several of them;
//   pick: gives the items that the form lets through, in their order;  draw: gives the elements of some of them, or of none.
// Gives what does the same as filling the form: update, when fields were set, and choose, with what to set and nothing else.
function listen(hooks) {
  let chosen = [];
  let page = 0;
  let waiting = 0;

  const turn = (to) => {
    page = showPage(to, chosen, hooks);
    byId("found").scrollIntoView({ block: "nearest" });
  };
  const update = () => {
    chosen = hooks.pick();
    writeAddress();
    page = showPage(0, chosen, hooks);
  };
  const choose = (choices) => {
    form.reset();
    want(choices);
    update();
    byId(hooks.section).focus({ preventScroll: true });
    byId(hooks.section).scrollIntoView();
  };

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
    if (location.hash === `#${hooks.section}`) return;
    form.reset();
    readAddress();
    update();
  });
  readAddress();
  update();
  return { update, choose };
}
