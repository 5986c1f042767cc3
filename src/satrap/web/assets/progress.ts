// What runs in the background: asks the address in data-progress how far it is, and goes where it ended.

const PAUSE = 400; // ms between questions

/** `done` is 0 to 1; `href` is there once it has ended well, `failed` once it has not. */
interface Told {
  stage: string;
  done: number;
  href?: string;
  failed?: string;
}

export function progress(within: ParentNode): void {
  for (const one of within.querySelectorAll<HTMLElement>("[data-progress]")) void follow(one);
}

async function follow(box: HTMLElement): Promise<void> {
  const bar = box.querySelector("progress");
  const word = box.querySelector("output");
  while (box.isConnected) {
    let told: Told;
    try {
      const answer = await fetch(box.dataset.progress!, { headers: { accept: "application/json" } });
      if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
      told = (await answer.json()) as Told;
    } catch (error) {
      told = { stage: "", done: 0, failed: `No word of it: ${(error as Error).message}` };
    }
    if (told.href) return location.assign(told.href);
    if (bar) bar.value = told.done;
    if (word) word.textContent = told.failed ?? `${told.stage} ${Math.round(100 * told.done)}%`;
    if (told.failed) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
