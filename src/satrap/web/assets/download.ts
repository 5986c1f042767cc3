// SVG and PNG of a chart as it stands, with the page's colours written out: a file knows no custom properties.
import { element } from "./charts/frame";

const SVG = "http://www.w3.org/2000/svg";
const PAINTED = ["fill", "stroke", "fill-opacity", "stroke-opacity", "stroke-width", "stroke-dasharray", "font-size", "font-weight", "text-anchor", "visibility", "display"];
const SCALE = 2; // pixels of the PNG for one of the page

export function downloads(figure: HTMLElement, plot: HTMLElement, title: string): void {
  const take = figure.querySelector(".take");
  if (!take || take.querySelector("button")) return;
  const name = (title || "chart").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const button = (label: string, made: () => Promise<string>): void => {
    const one = element("button", "", label);
    one.type = "button";
    one.addEventListener("click", () => void made().then((address) => save(address, `${name}.${label.toLowerCase()}`)));
    take.append(one);
  };
  button("SVG", async () => address(whole(figure, plot, title)));
  button("PNG", () => raster(whole(figure, plot, title)));
}

/** All panels of a figure in one drawing, with its title, its caption and where it is from. */
function whole(figure: HTMLElement, plot: HTMLElement, title: string): SVGSVGElement {
  const box = plot.getBoundingClientRect();
  const head = 26;
  const made = document.createElementNS(SVG, "svg");
  const width = Math.ceil(plot.scrollWidth);
  const height = Math.ceil(plot.scrollHeight) + head + 36;
  set(made, { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "sans-serif", "font-size": 11 });
  const style = getComputedStyle(figure);
  const paper = document.createElementNS(SVG, "rect");
  set(paper, { width, height, fill: getComputedStyle(document.documentElement).backgroundColor });
  const about = document.createElementNS(SVG, "desc");
  const source = figure.querySelector(".source")?.textContent ?? "";
  about.textContent = [figure.querySelector("figcaption p")?.textContent, source].join(" ");
  made.append(about, paper, words(title, 4, 16, style.color, 13));
  for (const heading of plot.querySelectorAll(".title")) {
    const at = heading.getBoundingClientRect();
    made.append(words(heading.textContent ?? "", at.left - box.left, at.bottom - box.top + head - 3, style.color, 11));
  }
  for (const drawing of plot.querySelectorAll("svg")) {
    const at = drawing.getBoundingClientRect();
    const copy = drawing.cloneNode(true) as SVGSVGElement;
    painted(drawing, copy);
    set(copy, { x: at.left - box.left, y: at.top - box.top + head });
    made.append(copy);
  }
  let x = 4;
  for (const entry of plot.querySelectorAll<HTMLElement>(".legend li")) {
    const swatch = entry.querySelector<HTMLElement>(".swatch");
    if (swatch) {
      const mark = document.createElementNS(SVG, "rect");
      set(mark, { x, y: height - 33, width: 12, height: 8, fill: plainly(getComputedStyle(swatch).backgroundColor) });
      made.append(mark);
      x += 17;
    }
    made.append(words(entry.textContent ?? "", x, height - 25, style.color, 10));
    x += (entry.textContent ?? "").length * 5.4 + 14;
  }
  made.append(words(source, 4, height - 7, style.color, 10));
  return made;
}

function painted(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  for (const name of PAINTED) to.setAttribute(name, plainly(style.getPropertyValue(name)));
  to.removeAttribute("style");
  to.removeAttribute("href");
  [...from.children].forEach((child, at) => painted(child, to.children[at]!));
}

/** Mixed colours as rgb(), which every program that opens an SVG knows. */
function plainly(value: string): string {
  if (!/^(oklab|oklch|lab|lch|color)\(/.test(value)) return value;
  const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
  brush.fillStyle = value;
  brush.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data;
  return `rgb(${red},${green},${blue}${alpha === 255 ? "" : `,${(alpha! / 255).toFixed(3)}`})`;
}

function words(text: string, x: number, y: number, fill: string, size: number): SVGTextElement {
  const made = document.createElementNS(SVG, "text");
  set(made, { x, y, fill, "font-size": size, "font-weight": size > 10 ? 600 : 400 });
  made.textContent = text;
  return made;
}

function set(element: Element, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

const address = (svg: SVGSVGElement): string =>
  `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;

async function raster(svg: SVGSVGElement): Promise<string> {
  const image = new Image();
  image.src = address(svg);
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Number(svg.getAttribute("width")) * SCALE;
  canvas.height = Number(svg.getAttribute("height")) * SCALE;
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}

function save(address: string, name: string): void {
  const link = element("a");
  link.href = address;
  link.download = name;
  link.click();
}
