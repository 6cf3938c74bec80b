// The page that needs nothing: a field for the query, one for the variables, and the answer.
import { ask, choose, recipes } from "./asking.js";

const make = (tag, attributes, ...children) => {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children);
  return element;
};
const query = make("textarea", { id: "query", spellcheck: false, ariaLabel: "Query" });
const variables = make("textarea", { id: "variables", spellcheck: false, ariaLabel: "Variables", placeholder: "Variables (JSON)" });
const answer = make("pre", { id: "answer", ariaLive: "polite" });
const button = make("button", { id: "run", textContent: "Jalankan / Run (Ctrl+Enter)" });
const picker = make(
  "select",
  { id: "recipe", ariaLabel: "Contoh / Recipe", autocomplete: "off" },
  ...recipes.map(({ title }, index) => make("option", { value: index, textContent: title })),
);

function show() {
  const recipe = recipes[picker.value];
  query.value = recipe.query;
  variables.value = recipe.variables;
  choose(recipe);
}

async function run() {
  try {
    const values = variables.value.trim() ? JSON.parse(variables.value) : undefined;
    answer.textContent = JSON.stringify(await ask({ query: query.value, variables: values }), null, 2);
  } catch (error) {
    answer.textContent = String(error);
  }
}

document.getElementById("page").append(
  make("div", { className: "plain" }, make("div", { className: "bar" }, picker, button), query, variables, answer),
);
picker.addEventListener("change", show);
button.addEventListener("click", run);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
});
show();
