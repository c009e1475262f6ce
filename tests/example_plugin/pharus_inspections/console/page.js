import { api, element } from "../pharus.js";

const rows = document.getElementById("rows");
const problem = document.getElementById("problem");

async function show() {
  const found = await Promise.all(
    ["overdue", "pending"].map((status) => api(`x/inspections/inspections?expand=names&status=${status}`)),
  );
  rows.replaceChildren(...found.flatMap((page) => page.data).map(row));
}

function row(inspection) {
  return element(
    "tr",
    {},
    element("td", {}, inspection.materialName),
    element("td", { class: "number" }, inspection.quantity),
    element("td", {}, inspection.status),
    element("td", {}, button("Passed", inspection, true), " ", button("Failed", inspection, false)),
  );
}

function button(label, inspection, passed) {
  const made = element("button", { type: "button" }, label);
  made.addEventListener("click", () => told(api(`x/inspections/inspections/${inspection.id}/decision`, { passed })));
  return made;
}

async function told(work) {
  try {
    await work;
    problem.textContent = "";
    await show();
  } catch (error) {
    problem.textContent = error.message;
  }
}

told(Promise.resolve());
