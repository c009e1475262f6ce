// Swagger UI with what it lacks: one operation or one group at a time, the role that each needs, samples, and a token
// that outlives a reload of the tab.

import { hashOf, markShown } from "./navigation.js";
import { LANGUAGES, sampleOf } from "./samples.js";

// Of this tab only, and gone with it.
const STORED = "pharus-authorization";
const NOTHING = "\u0000";

export function view(prepared, original, operations) {
  const ui = SwaggerUIBundle({
    spec: prepared,
    dom_id: "#swagger-ui",
    docExpansion: "none",
    defaultModelsExpandDepth: -1,
    displayOperationId: true,
    displayRequestDuration: true,
    filter: NOTHING,
    tryItOutEnabled: true,
    // Its validator is a service of somebody else.
    validatorUrl: null,
    plugins: [() => asParsed(prepared), () => oneAtATime, () => remembered, () => roles(operations),
      (system) => samples(system, original, operations)],
    onComplete: () => begin(ui, operations),
  });
}

/** The document is parsed already; Swagger UI would read it again as YAML, for half a second. */
function asParsed(prepared) {
  const parseToJson = (_, { specActions }) => () => specActions.updateJsonSpec(prepared);
  return { statePlugins: { spec: { wrapActions: { parseToJson } } } };
}

/** The filter is the name of a group, the id of an operation, or NOTHING. */
const oneAtATime = {
  fn: {
    opsFilter: (groups, chosen) => groups
      .map((group, tag) => tag === chosen ? group : group.update("operations", (operations) =>
        operations.filter((each) => each.getIn(["operation", "operationId"]) === chosen)))
      .filter((group) => group.get("operations").size > 0),
  },
};

const remembered = {
  statePlugins: {
    auth: {
      wrapActions: {
        persistAuthorizationIfNeeded: (_, { authSelectors }) => () =>
          sessionStorage.setItem(STORED, JSON.stringify(authSelectors.authorized())),
      },
    },
  },
};

/** The role that an operation needs, beside its path. */
function roles(operations) {
  const OperationSummaryPath = (Original, { React }) => (properties) => {
    const { role, declared } = operations.get(properties.operationProps.getIn(["op", "operationId"])
      ?? properties.operationProps.get("operationId")) ?? {};
    const badge = role && React.createElement("span", {
      className: `minimum ${role}`,
      title: declared["x-id-token-only"] ? "with an ID token, not with an API token" : undefined,
    }, role, declared["x-id-token-only"] ? " · ID token" : "");
    return React.createElement(React.Fragment, null, React.createElement(Original, properties), badge);
  };
  return { wrapComponents: { OperationSummaryPath } };
}

/** The request as curl, Python and TypeScript, as the fields of the operation are filled in. */
function samples({ React }, original, operations) {
  const byRoute = new Map([...operations.values()].map((each) => [`${each.method} ${each.path}`, each]));
  const responses = (Original, system) => (properties) => {
    const { path, method } = properties;
    const [language, choose] = React.useState(LANGUAGES[0]);
    const operation = byRoute.get(`${method} ${path}`);
    const value = (parameter) => system.specSelectors.parameterWithMeta([path, method], parameter.name, parameter.in)
      ?.get("value");
    const body = system.oas3Selectors.requestBodyValue(path, method);
    const text = sampleOf(language, original, operation, value, typeof body === "string" ? body : undefined);
    const tabs = LANGUAGES.map((each) => React.createElement("button", {
      key: each, type: "button", "aria-pressed": each === language, onClick: () => choose(each) }, each));
    const copy = React.createElement("button", {
      key: "copy", type: "button", className: "copy", onClick: () => navigator.clipboard.writeText(text) }, "Copy");
    return React.createElement(React.Fragment, null,
      React.createElement("section", { className: "samples" },
        React.createElement("header", null, React.createElement("h4", null, "Sample"), ...tabs, copy),
        React.createElement("pre", null, React.createElement("code", null, text))),
      React.createElement(Original, properties));
  };
  return { wrapComponents: { responses } };
}

function begin(ui, operations) {
  const stored = sessionStorage.getItem(STORED);
  if (stored) {
    ui.authActions.restoreAuthorization({ authorized: JSON.parse(stored) });
  }
  let before;
  const show = () => {
    if (before) {
      ui.layoutActions.show(before, false);
    }
    const [tag, id] = decodeURIComponent(location.hash.slice(2)).split("/");
    const operation = operations.get(id);
    ui.layoutActions.updateFilter(operation ? id : tag || NOTHING);
    ui.layoutActions.show(["operations-tag", operation?.tag ?? tag], true);
    before = operation && ["operations", operation.tag, id];
    if (before) {
      ui.layoutActions.show(before, true);
    }
    document.body.classList.toggle("overview", !tag);
    document.title = operation ? `${id} – Pharus API` : "Pharus API";
    markShown(hashOf(tag, operation && id));
    window.scrollTo(0, 0);
  };
  window.addEventListener("hashchange", show);
  show();
}
