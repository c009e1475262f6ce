// The list of operations beside the viewer: searched as one types, narrowed to what a role may call.

import { operationsOf } from "./document.js";

const ROLES = ["public", "authenticated", "viewer", "member", "admin", "owner"];

/** Fill the list and keep it to what is searched for. Returns the operations by id. */
export function navigate(document) {
  const operations = [...operationsOf(document)];
  const described = new Map(document.tags.map((tag) => [tag.name, tag.description ?? ""]));
  const list = element("operation-list");
  const groups = [...Map.groupBy(operations, (each) => each.tag)].map(([tag, members]) => {
    const group = make("li", { className: "group" });
    group.append(make("a", { href: hashOf(tag), textContent: spaced(tag), title: described.get(tag) ?? "" }));
    const entries = group.appendChild(make("ul"));
    const rows = members.map((operation) => {
      const row = entries.appendChild(rowOf(operation));
      return { operation, row, text: textOf(operation) };
    });
    return { group, rows };
  });
  list.replaceChildren(...groups.map(({ group }) => group));

  const search = element("search");
  const role = element("role");
  const narrow = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { group, rows } of groups) {
      let shown = 0;
      for (const { operation, row, text } of rows) {
        const fits = words.every((word) => text.includes(word)) && mayCall(role.value, operation.role);
        row.hidden = !fits;
        shown += fits;
      }
      group.hidden = shown === 0;
      count += shown;
    }
    element("count").textContent = `${count} of ${operations.length} operations`;
  };
  search.addEventListener("input", narrow);
  role.addEventListener("change", narrow);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      list.querySelector("li:not([hidden]) > ul > li:not([hidden]) > a")?.click();
    }
  });
  window.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, textarea, select")) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  });
  narrow();
  return new Map(operations.map((each) => [each.id, each]));
}

/** Mark what is shown. */
export function markShown(hash) {
  for (const link of document.querySelectorAll("#operation-list a")) {
    const isShown = link.getAttribute("href") === hash;
    link.toggleAttribute("aria-current", isShown);
    if (isShown) {
      link.scrollIntoView({ block: "nearest" });
    }
  }
}

export function hashOf(tag, id) {
  return id ? `#/${tag}/${id}` : `#/${tag}`;
}

function mayCall(role, minimum) {
  return !role || ROLES.indexOf(minimum) <= ROLES.indexOf(role);
}

function rowOf({ id, tag, method, role, declared }) {
  const row = make("li", { className: declared.deprecated ? "deprecated" : "" });
  const link = row.appendChild(make("a", { href: hashOf(tag, id), title: `${id}: for ${role} and above` }));
  link.append(
    make("span", { className: `method ${method}`, textContent: method === "delete" ? "DEL" : method.toUpperCase() }),
    make("span", { className: "summary", textContent: declared.summary }),
    make("span", { className: `minimum ${role}`, textContent: role }));
  return row;
}

function textOf({ id, tag, path, method, role, declared }) {
  return [id, tag, spaced(tag), path, method, role, declared.summary, declared.description].join(" ").toLowerCase();
}

/** MaterialsInventory → Materials Inventory. */
function spaced(tag) {
  return tag.replace(/(?<=[a-z])(?=[A-Z])/g, " ");
}

function element(id) {
  return document.getElementById(id);
}

function make(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}
