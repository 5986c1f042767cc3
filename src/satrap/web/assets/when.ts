// The bar of dates: a slider that shows another day at once, by putting the server's answer in place of <main>.

const DAY = 86_400_000;

export function when(): void {
  const form = document.querySelector<HTMLFormElement>("form.when");
  const day = form?.querySelector<HTMLInputElement>("input[name=as_of]");
  const hole = form?.querySelector<HTMLElement>("[data-slider]");
  if (!form || !day?.min || !day.max || !hole) return;
  const slider = document.createElement("input");
  slider.type = "range";
  slider.setAttribute("aria-label", "As of");
  slider.min = String(days(day.min));
  slider.max = String(days(day.max));
  slider.step = "1";
  slider.value = String(days(day.value));
  hole.append(slider);
}

const days = (iso: string): number => Date.parse(iso) / DAY;
