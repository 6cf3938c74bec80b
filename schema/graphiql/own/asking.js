// As whom, for which purpose and in which language the page asks. It lives in these fields alone: nothing is kept, so the
// next person at this machine is nobody.
const field = (id) => document.getElementById(id);
const NAMES = ["token", "purpose"];

field("language").value = navigator.language.startsWith("en") ? "en" : "id";

/** Whether the page offers tokens, so that a recipe may pick its own. */
export const offersTokens = field("token").tagName === "SELECT";

/** What is chosen now. */
export const chosen = () => Object.fromEntries(NAMES.map((name) => [name, field(name).value]));

/** Choose for the reader. A token somebody typed is left alone, and what is not offered is not chosen. */
export function choose(choice) {
  for (const name of NAMES) {
    const offered = field(name).options;
    if (offered && [...offered].some((option) => option.value === choice[name])) field(name).value = choice[name];
  }
}

/** Tell when the reader chooses. */
export const onChoice = (tell) => NAMES.forEach((name) => field(name).addEventListener("change", () => tell(chosen())));

/** The recipes as they stand in the page. */
export const recipes = JSON.parse(field("recipes").textContent).map((recipe) => ({
  ...recipe,
  query: `# ${recipe.title}\n${recipe.query}`,
  variables: Object.keys(recipe.variables).length ? JSON.stringify(recipe.variables, null, 2) : "",
}));

/** Ask, and give back the whole answer, refusals included. */
export async function ask(request, { asNobody = false } = {}) {
  const { token, purpose } = chosen();
  const headers = { "Content-Type": "application/json", "Accept-Language": field("language").value };
  if (token.trim() && !asNobody) headers.Authorization = `Bearer ${token.trim()}`;
  if (purpose) headers["X-Purpose"] = purpose;
  const body = JSON.stringify(request);
  // No cookies are wanted here, and none may decide anything.
  const response = await fetch("/graphql", { method: "POST", headers, body, credentials: "omit", cache: "no-store" });
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
    throw new Error(`${response.status} ${response.statusText}`);
  }
  return response.json();
}
