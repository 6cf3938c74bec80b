// GraphiQL with the recipes in its tabs. Each tab remembers as whom it asks, as long as the page is open.
import { ask, choose, chosen, onChoice, recipes } from "./asking.js";

// Queries and variables may hold a person's name or number: of what GraphiQL wants to keep, only the look outlives the page.
const LOOK = new Set(["theme", "docExplorerFlex", "editorFlex", "secondaryEditorFlex"].map((name) => `graphiql:${name}`));

function storage() {
  const memory = new Map();
  try {
    for (const key of LOOK) if (localStorage.getItem(key) !== null) memory.set(key, localStorage.getItem(key));
  } catch {
    // A browser that keeps nothing at all is fine.
  }
  const keep = (key, act) => {
    if (!LOOK.has(key)) return;
    try {
      act();
    } catch {
      // As above.
    }
  };
  return {
    get length() {
      return memory.size;
    },
    getItem: (key) => memory.get(key) ?? null,
    setItem(key, value) {
      memory.set(key, value);
      keep(key, () => localStorage.setItem(key, value));
    },
    removeItem(key) {
      memory.delete(key);
      keep(key, () => localStorage.removeItem(key));
    },
    clear() {
      memory.forEach((_, key) => keep(key, () => localStorage.removeItem(key)));
      memory.clear();
    },
  };
}

const choices = new Map();
let current;

function onTabChange({ tabs, activeTabIndex }) {
  if (current === undefined) {
    // GraphiQL does not tell which tab it began with, and by now its query may be another.
    current = (tabs.find((tab) => tab.query === recipes[0].query) ?? tabs[0]).id;
    choices.set(current, chosen());
  }
  const { id, query } = tabs[activeTabIndex];
  if (id === current) return;
  const recipe = recipes.find((one) => one.query === query);
  current = id;
  choose(choices.get(id) ?? recipe ?? chosen());
  choices.set(id, chosen());
}

choose(recipes[0]);
onChoice((choice) => choices.set(current, choice));

/** GraphiQL's request. For a moment after a change of tabs it still names the operation of the tab before. */
function settled(request) {
  try {
    const operations = GraphiQL.GraphQL.parse(request.query).definitions.filter(({ kind }) => kind === "OperationDefinition");
    return operations.length === 1 ? { ...request, operationName: operations[0].name?.value } : request;
  } catch {
    return request;
  }
}

const page = React.createElement(GraphiQL, {
  // The schema is open to everybody: a mistyped token must not hide the documentation.
  fetcher: (request) => ask(settled(request), { asNobody: request.operationName === "IntrospectionQuery" }),
  defaultTabs: recipes.map(({ query, variables }) => ({ query, variables })),
  storage: storage(),
  shouldPersistHeaders: false,
  isHeadersEditorEnabled: false,
  plugins: [GraphiQLPluginExplorer.explorerPlugin({ showAttribution: false })],
  onTabChange,
});
ReactDOM.createRoot(document.getElementById("page")).render(page);
