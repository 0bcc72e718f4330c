// Asking the service, and what to tell the reader where it does not answer.
const FILTERS = ["outlet", "section", "reporter", "person", "organization", "place", "keyword", "tag"];
const PERIOD = ["published_from", "published_to"];
const GIVE_UP = 20_000;

// An error whose message is for the reader; `again` where another try may help.
class Trouble extends Error {
  constructor(message, { again = true, corrected = null } = {}) {
    super(message);
    Object.assign(this, { again, corrected });
  }
}

// The parameters that the attributes ask for: `filters` as an address has them, and a comma list for each filter.
const parametersOf = (host, { q, cursor, match }) => {
  const asked = new URLSearchParams(host.getAttribute("filters") ?? "");
  for (const name of FILTERS) {
    for (const value of (host.getAttribute(name) ?? "").split(",")) if (value.trim()) asked.append(name, value.trim());
  }
  for (const name of PERIOD) {
    const value = host.getAttribute(name.replace("_", "-"));
    if (value) asked.set(name, value);
  }
  asked.set("size", host.getAttribute("size") || "10");
  if (host.getAttribute("group") !== "none") asked.set("group", "story");
  if (host.hasAttribute("sort")) asked.set("sort", host.getAttribute("sort"));
  for (const [name, value] of Object.entries({ q, cursor, match })) if (value) asked.set(name, value);
  return asked;
};

const headersOf = (host, language) => {
  const key = host.getAttribute("key");
  return { Accept: "application/json", "Accept-Language": language, ...(key ? { Authorization: `Bearer ${key}` } : {}) };
};

// A browser does not say whether a service is away or does not share with this origin: the script itself tells, which
// every page may load.
const isReachable = async (root) => {
  try {
    await fetch(`${root}/widget/gisa-search.js`, { mode: "no-cors", cache: "no-store", credentials: "omit", method: "HEAD" });
    return true;
  } catch {
    return false; // that is the answer
  }
};

const problemOf = async (answer, texts) => {
  let problem = {};
  try {
    problem = await answer.json();
  } catch {
    // something before the service answered, with a page of its own
  }
  const corrected = typeof problem.correction === "string" ? problem.correction : null;
  return new Trouble(problem.detail || texts.failed(answer.status), { again: answer.status === 429 || answer.status >= 500, corrected });
};

const ask = async (host, root, wanted, { texts, language, signal }) => {
  const late = AbortSignal.timeout(GIVE_UP);
  let answer;
  try {
    answer = await fetch(`${root}/v1/search?${parametersOf(host, wanted)}`, {
      headers: headersOf(host, language),
      credentials: ["include", "same-origin"].includes(host.getAttribute("credentials")) ? host.getAttribute("credentials") : "omit",
      signal: AbortSignal.any([signal, late]),
    });
    if (answer.ok) return await answer.json();
  } catch (error) {
    if (signal.aborted) throw error;
    if (late.aborted) throw new Trouble(texts.late);
    const isForeign = new URL(root).origin !== location.origin && (await isReachable(root));
    throw isForeign ? new Trouble(texts.foreign(location.origin), { again: false }) : new Trouble(texts.offline);
  }
  throw await problemOf(answer, texts);
};
