// Draws the figures of the page with Plotly, which comes only to pages with charts.
// The figure travels as JSON in data-figure; its numbers stand below it as a table in any case.
import { fresh } from "./taken.js";

const vendor = new URL("../../vendor/plotly-4.1.1/", import.meta.url);
const CONFIG = {
  displaylogo: false,
  showSendToCloud: false, // else a button offers to send the figure to the maker
  plotlyServerURL: "",
  responsive: true,
  scrollZoom: false,
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
};
const COLOURS = {
  light: ["#0e5f76", "#c06a10", "#587d27", "#7a5aa6", "#b23a48", "#3a78bd", "#7d6540", "#a04a8a"],
  dark: ["#74c8de", "#f0a85a", "#a6cf70", "#bfa5ec", "#f08a94", "#8ab8f0", "#cbb288", "#e39ad0"],
};
// Every shade bears the theme's text.
const SHADES = {
  light: [[0, "#eef4f6"], [1, "#6fa9ba"]],
  dark: [[0, "#1f2a2f"], [1, "#27677a"]],
};
let library;

function script(name) {
  return new Promise((done, failed) => {
    const element = document.createElement("script");
    element.src = new URL(name, vendor);
    element.onload = done;
    element.onerror = failed;
    document.head.append(element);
  });
}

function stylesheet() {
  // Under this id Plotly takes the sheet for its own and writes no inline styles.
  return new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.id = "plotly.js-style-global";
    link.className = "no-inline-styles";
    link.href = new URL("plotly.css", vendor);
    link.onload = link.onerror = done;
    document.head.append(link);
  });
}

function plotly() {
  library ||= (async () => {
    await Promise.all([stylesheet(), script("plotly-cartesian.min.js")]);
    if (document.body.dataset.language === "zh") await script("plotly-locale-zh-cn.js");
    return window.Plotly;
  })();
  return library;
}

function template(theme) {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(name).trim();
  const [text, line] = theme === "print" ? ["#000", "#bbb"] : [token("--text"), token("--line")];
  const kind = theme === "dark" ? "dark" : "light";
  const axis = { automargin: true, gridcolor: line, linecolor: line, zerolinecolor: line, fixedrange: true };
  return {
    data: {
      heatmap: [{
        colorscale: SHADES[kind],
        textfont: { color: text },
        xgap: 1,
        ygap: 1,
        colorbar: { thickness: 10, outlinewidth: 0 },
      }],
    },
    layout: {
      colorway: COLOURS[kind],
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: token("--font"), size: 13, color: text },
      margin: { l: 8, r: 8, t: 12, b: 8 },
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
      hoverlabel: { font: { family: token("--font") } },
      bargap: 0.25,
      xaxis: axis,
      yaxis: axis,
    },
  };
}

async function draw(element, theme = document.documentElement.dataset.bsTheme) {
  const Plotly = await plotly();
  const canvas = element.querySelector("[data-canvas]");
  const figure = JSON.parse(element.dataset.figure);
  const narrow = element.clientWidth < 480;
  const layout = { ...figure.layout, template: template(theme), dragmode: false, autosize: true };
  layout.height = figure.layout?.height || (narrow ? 300 : 360);
  const config = {
    ...CONFIG,
    displayModeBar: narrow ? false : "hover",
    locale: document.body.dataset.language === "zh" ? "zh-CN" : "en",
  };
  await Plotly.react(canvas, figure.data, layout, config);
}

const redraw = (theme) => {
  for (const element of document.querySelectorAll("[data-chart]")) draw(element, theme);
};

export async function start(root) {
  for (const element of fresh(root, "[data-chart]", "charts")) {
    try {
      await draw(element);
    } catch {
      element.querySelector("[data-numbers]").open = true; // the numbers speak for themselves
    }
  }
}

document.addEventListener("theme", () => redraw());
addEventListener("beforeprint", () => redraw("print"));
addEventListener("afterprint", () => redraw());
