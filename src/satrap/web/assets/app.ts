// The islands of every page: each looks for its own marks in the page and does nothing where there are none.
import { keys } from "./keys";
import { progress } from "./progress";
import { when } from "./when";

/** Run on the page, and again on what the date slider puts in place of its main part. */
async function islands(main: ParentNode): Promise<void> {
  progress(main);
  if (main.querySelector("figure[data-chart]")) (await import("./charts")).charts(main);
}

keys();
when(islands);
void islands(document);
