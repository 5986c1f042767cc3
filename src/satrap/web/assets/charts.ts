// Draws every <figure data-chart> from the JSON at its data-src, in place of the table, which folds away.
import { bands } from "./charts/bands";
import { calibration } from "./charts/calibration";
import { changes } from "./charts/changes";
import { coverage } from "./charts/coverage";
import { fans } from "./charts/fans";
import { element, type Frame } from "./charts/frame";
import { map } from "./charts/maps";
import { matrix } from "./charts/matrix";
import { org } from "./charts/org";
import { tenure } from "./charts/tenure";
import { waterfall } from "./charts/waterfall";
import { downloads } from "./download";
import type { Row, Told } from "./shapes";

type Draw = (frame: Frame, told: never) => void | Promise<void>;

const CHARTS: Record<string, Draw> = {
  bands, calibration, changes, coverage, fans, map, matrix, org, tenure, waterfall,
};

const LEAST = 60; // px
const DATES = ["as_of", "since", "known_at"];

export function charts(within: ParentNode): void {
  for (const figure of within.querySelectorAll<HTMLElement>("figure.chart[data-chart]")) void mount(figure);
}

async function mount(figure: HTMLElement): Promise<void> {
  const draw = CHARTS[figure.dataset.chart ?? ""];
  const plot = figure.querySelector<HTMLElement>(".plot");
  if (!draw || !plot || !figure.dataset.src) return;
  const title = figure.querySelector("figcaption .title")?.textContent ?? "";
  try {
    const answer = await fetch(figure.dataset.src, { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    const told = (await answer.json()) as Told<Row>;
    const rows = told.rows.map((row) => ({ ...row, href: link(row.href, figure.dataset.src!) }));
    let drawn = 0;
    const redraw = async (): Promise<void> => {
      drawn = figure.clientWidth;
      if (drawn < LEAST) return; // in something folded: drawn when it unfolds
      plot.replaceChildren();
      await draw({ into: plot, width: drawn, title }, { ...told, rows } as never);
      unworded(plot);
    };
    // drawn once there is something to see: folding the table first keeps the page from jumping twice
    figure.querySelector("details")?.removeAttribute("open");
    await redraw();
    plot.addEventListener("redraw", () => void redraw());
    new ResizeObserver(() => {
      if (Math.abs(figure.clientWidth - drawn) > 4) void redraw();
    }).observe(figure);
    downloads(figure, plot, title);
  } catch (error) {
    figure.querySelector("details")?.setAttribute("open", "");
    plot.replaceChildren(element("p", "failed", `The chart could not be drawn (${(error as Error).message}); its table is below.`));
  }
}

/** An address of ours, under the dates of the page as the address of its data has them. */
function link(href: string, src: string): string {
  if (!href.startsWith("/")) return href;
  const address = new URL(href, location.origin);
  for (const [name, value] of new URL(src, location.origin).searchParams) {
    if (DATES.includes(name) && !address.searchParams.has(name)) address.searchParams.set(name, value);
  }
  return address.pathname + address.search + address.hash;
}

/** Takes the words of links out of them: a link's label tells more, and would have to repeat them. */
function unworded(plot: HTMLElement): void {
  for (const link of plot.querySelectorAll("svg a")) {
    const words = document.createElementNS("http://www.w3.org/2000/svg", "g");
    const place = link.getAttribute("transform");
    if (place) words.setAttribute("transform", place);
    words.setAttribute("aria-hidden", "true");
    words.classList.add("words");
    words.append(...link.querySelectorAll("text"));
    link.after(words);
  }
}
