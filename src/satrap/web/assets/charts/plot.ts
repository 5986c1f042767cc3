// Observable Plot under a strict content policy: it puts a <style> into each drawing, which the policy would refuse;
// app.css holds the same rules for the class below.
import * as Plot from "@observablehq/plot";

export interface Drawn {
  svg: SVGSVGElement;
  x: (value: Date | number) => number;
  y: (value: number) => number;
}

export function bare(options: Plot.PlotOptions, label: string): Drawn {
  const plot = Plot.plot({ ...options, className: "drawn", figure: false, ariaLabel: label });
  const svg = plot as SVGSVGElement & Plot.Plot;
  svg.querySelector("style")?.remove();
  for (const group of svg.querySelectorAll("g[aria-label]")) {
    group.classList.add(group.getAttribute("aria-label")!.replaceAll(" ", "-")); // a group without a role has no name
    group.removeAttribute("aria-label");
  }
  svg.setAttribute("role", "img");
  return { svg, x: (value) => svg.scale("x")!.apply(value), y: (value) => svg.scale("y")!.apply(value) };
}
