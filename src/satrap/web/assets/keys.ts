// Keys: whatever says aria-keyshortcuts="a" is done by pressing a; j and k walk through what says data-item.

const TYPING = "input:not([type=range],[type=checkbox],[type=radio],[type=button]),select,textarea,[contenteditable]";

export function keys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = event.target as Element;
    if (target.matches(TYPING)) {
      if (event.key === "Escape") (target as HTMLElement).blur();
      return;
    }
    if (event.key === "j" || event.key === "k") walk(event.key === "j" ? 1 : -1);
    else if (!press(event.key)) return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-keys-help]")) return;
    event.preventDefault();
    help();
  });
}

function walk(step: number): void {
  const items = [...document.querySelectorAll<HTMLElement>("[data-item]")];
  if (!items.length) return;
  const at = items.findIndex((item) => item.contains(document.activeElement));
  const item = items[at < 0 ? (step > 0 ? 0 : items.length - 1) : Math.max(0, Math.min(at + step, items.length - 1))]!;
  item.tabIndex = -1;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

/** Within the item that has the focus before anywhere else. */
function press(key: string): boolean {
  const here = document.activeElement?.closest("[data-item]");
  const wanted = `[aria-keyshortcuts="${CSS.escape(key)}"]`;
  const found = here?.querySelector<HTMLElement>(wanted) ?? document.querySelector<HTMLElement>(wanted);
  if (!found || found.matches(":disabled")) return false;
  if (found.matches(TYPING)) found.focus();
  else {
    found.click();
    if (found.matches("summary")) found.scrollIntoView({ block: "nearest" });
  }
  return true;
}

function help(): void {
  const dialog = document.createElement("dialog");
  const list = document.createElement("dl");
  list.className = "facts";
  const known = new Map<string, string>();
  if (document.querySelector("[data-item]")) known.set("j / k", "Next or previous in the list");
  for (const one of document.querySelectorAll<HTMLElement>("[aria-keyshortcuts]")) {
    const key = one.getAttribute("aria-keyshortcuts")!;
    if (!known.has(key)) known.set(key, one.getAttribute("aria-label") ?? one.title ?? "");
    if (!known.get(key)) known.set(key, named(one));
  }
  if (document.querySelector(".steered")) known.set("← → Enter", "In a chart: move through time; open the claims behind a point");
  for (const [key, label] of known) {
    const term = document.createElement("dt");
    term.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    list.append(term, Object.assign(document.createElement("dd"), { textContent: label }));
  }
  const close = Object.assign(document.createElement("button"), { textContent: "Close" });
  close.addEventListener("click", () => dialog.close());
  dialog.setAttribute("aria-label", "Keys");
  dialog.append(Object.assign(document.createElement("h2"), { textContent: "Keys" }), list, close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** What a button says, without the key that stands in it. */
function named(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  copy.querySelectorAll("kbd").forEach((key) => key.remove());
  return (copy.textContent ?? "").trim();
}
