// The bar of dates: a slider that shows another day at once, by putting the server's answer in place of <main>.

const DAY = 86_400_000;
const PATIENCE = 40; // ms without a move before the server is asked
const REPLACED = ["main", "nav.pages", "title", ".when .said"];

export function when(shown: (main: ParentNode) => void): void {
  const form = document.querySelector<HTMLFormElement>("form.when");
  const day = form?.querySelector<HTMLInputElement>("input[name=as_of]");
  const hole = form?.querySelector<HTMLElement>("[data-slider]");
  if (!form || !day?.min || !day.max || !hole) return;
  const slider = document.createElement("input");
  slider.type = "range";
  slider.setAttribute("aria-label", "As of");
  slider.min = String(Math.ceil(Date.parse(day.min) / DAY));
  slider.max = String(Math.floor(Date.parse(day.max) / DAY));
  slider.value = String(Date.parse(day.value) / DAY);
  const spoken = (): void => slider.setAttribute("aria-valuetext", day.value);
  spoken();
  hole.append(slider);

  let waiting = 0;
  let asked: AbortController | undefined;
  slider.addEventListener("input", () => {
    day.value = new Date(Number(slider.value) * DAY).toISOString().slice(0, 10);
    spoken();
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      asked?.abort();
      asked = new AbortController();
      void ask(form, asked.signal).then((done) => done && shown(document.querySelector("main")!));
    }, PATIENCE);
  });
  day.addEventListener("change", () => (slider.value = String(Date.parse(day.value) / DAY)));
}

/** Whether the page now shows what the form says; a newer question takes the place of an older one. */
async function ask(form: HTMLFormElement, signal: AbortSignal): Promise<boolean> {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) query.append(name, String(value));
  const address = `${form.action.split("?")[0]}?${query}`;
  form.classList.add("busy");
  try {
    const answer = await fetch(address, { signal, headers: { accept: "text/html" } });
    replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
    history.replaceState(null, "", address);
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    form.submit(); // the browser tells what is wrong better than we could
    return false;
  } finally {
    if (!signal.aborted) form.classList.remove("busy");
  }
}

function replace(answer: Document): void {
  const drawn = [...document.querySelectorAll<HTMLElement>("main figure[data-chart]")];
  answer.querySelectorAll<HTMLElement>("main figure[data-chart]").forEach((figure) => {
    // the old drawing stands until the new one is ready, so that the page does not jump
    const old = drawn.find((one) => one.dataset.chart === figure.dataset.chart && one.isConnected);
    if (!old) return;
    drawn.splice(drawn.indexOf(old), 1);
    figure.querySelector(".plot")?.replaceChildren(...(old.querySelector(".plot")?.childNodes ?? []));
    figure.querySelector("details")?.toggleAttribute("open", old.querySelector("details")?.open ?? false);
  });
  for (const part of REPLACED) {
    const [old, fresh] = [document.querySelector(part), answer.querySelector(part)];
    if (old && fresh) old.replaceWith(fresh);
  }
}
