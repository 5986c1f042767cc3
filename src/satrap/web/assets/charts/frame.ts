// What all charts share: colours, numbers, panels, marks that are links, and the tip that tells what is under the
// pointer or the focus.
import { format, select, type Selection } from "d3";
import type { Row, Unit } from "../shapes";

export type Svg = Selection<SVGSVGElement, unknown, null, undefined>;
export type Parent = Selection<SVGGElement, unknown, null, undefined> | Svg;

export interface Frame {
  into: HTMLElement;
  width: number;
  title: string;
}

const SERIES = 8;
const order = (document.body.dataset.institutions ?? "").split(" ");

/** An institution has its colour on every page; anything else that of its place in the chart, or none. */
export function colour(id: string | undefined, at?: number): string {
  const known = id === undefined ? -1 : order.indexOf(id);
  const place = known < 0 ? at : known;
  return place === undefined ? "var(--soft)" : `var(--i${(place % SERIES) + 1})`;
}

const percent = format(".0%");
const signed = format("+.1f");
const few = format(".2~r");
const many = format(",.0f");

export const FORMS: Record<Unit, (value: number) => string> = {
  share: (value) => (value > 0 && value < 0.005 ? "<1%" : percent(value)),
  points: (value) => (Math.abs(value) < 0.0005 ? "0.0" : signed(100 * value).replace("-", "−")),
  number: (value) => (Math.abs(value) < 100 ? few(value) : many(value)).replace("-", "−"),
};

export const between = (low: number, high: number, unit: Unit): string =>
  `${FORMS[unit](low)} to ${FORMS[unit](high)}`;

export function grouped<R>(rows: readonly R[], key: (row: R) => string): [string, R[]][] {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return [...groups];
}

/** A grid of titled boxes, as wide as there is room for; one alone takes all of it. */
export function panels(frame: Frame, titles: readonly string[], widest = 760): Frame[] {
  const grid = element("div", titles.length > 1 ? "panels" : "panel");
  frame.into.append(grid);
  const boxes = titles.map((title) => {
    const box = titles.length > 1 ? element("div", "panel") : grid;
    if (titles.length > 1) {
      box.append(element("div", "title", title));
      grid.append(box);
    }
    return box;
  });
  return boxes.map((into, at) => ({
    into,
    width: Math.min(widest, into.clientWidth || frame.width),
    title: titles[at] || frame.title,
  }));
}

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className = "",
  text = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export function canvas(frame: Frame, height: number): Svg {
  const svg = select(frame.into)
    .append("svg")
    .attr("width", frame.width)
    .attr("height", height)
    .attr("viewBox", `0 0 ${frame.width} ${height}`)
    .attr("font-size", 11)
    .attr("fill", "currentColor")
    .attr("role", "group")
    .attr("aria-label", frame.title);
  return svg as unknown as Svg;
}

/** A link around each row's marks; its name, which the tip shows too, tells the value and its bounds. */
export function linked<R extends Row>(
  parent: Parent,
  rows: readonly R[],
  tells: (row: R) => string[],
): Selection<SVGAElement, R, SVGElement, unknown> {
  const links = (parent as unknown as Selection<SVGElement, unknown, null, undefined>)
    .append("g")
    .selectAll("a")
    .data(rows)
    .join("a") as unknown as Selection<SVGAElement, R, SVGElement, unknown>;
  return links
    .attr("href", (row) => row.href)
    .attr("aria-label", (row) => told(row, tells(row)).join(". "))
    .each(function (row) {
      const lines = told(row, tells(row));
      for (const type of ["pointerenter", "focus"]) this.addEventListener(type, () => tip(this, lines));
      for (const type of ["pointerleave", "blur"]) this.addEventListener(type, () => tip(this, null));
    });
}

export const told = (row: Row, lines: string[]): string[] => (row.sources ? [...lines, row.sources] : lines);

/** Shows lines above a mark (or above a point within it), or hides the tip. Escape hides it, too. */
export function tip(mark: SVGElement, lines: string[] | null, at?: { x: number; y: number }): void {
  const figure = mark.closest<HTMLElement>("figure.chart");
  if (!figure) return;
  const old = figure.querySelector<HTMLElement>(".tip");
  if (!lines) return old?.remove();
  const box = old ?? element("div", "tip");
  box.setAttribute("role", "status");
  box.replaceChildren(...lines.map((line, n) => element(n ? "span" : "b", "", line)));
  if (!old) figure.append(box);
  const around = figure.getBoundingClientRect();
  const target = mark.getBoundingClientRect();
  const x = (at ? at.x : target.left + target.width / 2) - around.left;
  const y = (at ? at.y : target.top) - around.top;
  const half = box.offsetWidth / 2;
  box.style.left = `${Math.max(half, Math.min(x, around.width - half))}px`;
  box.style.top = `${y - box.offsetHeight - 8 + around.top < 0 ? y + 14 : y - box.offsetHeight - 8}px`;
}

export function legend(frame: Frame, entries: readonly { label: string; fill?: string; kind?: string }[]): void {
  const list = element("ul", "legend");
  for (const { label, fill, kind } of entries) {
    const entry = element("li", "", label);
    if (fill || kind) {
      const swatch = element("span", `swatch ${kind ?? ""}`);
      if (fill) swatch.style.background = fill;
      entry.prepend(swatch);
    }
    list.append(entry);
  }
  frame.into.append(list);
}

/** Text cut to a width, by the mean width of a letter at the size of charts. */
export const fitted = (text: string, width: number, size = 11): string => {
  const letters = Math.floor(width / (size * 0.54));
  return text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1)).trimEnd()}…`;
};
