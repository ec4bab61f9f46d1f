// Owns the way from a drawn chart to a file: a picture in lines (SVG) that stands alone, and one in dots (PNG). Asks no network.
import { download } from "./dom.js";

const NAMESPACE = "http://www.w3.org/2000/svg";
/** What the page's style sheets decide, and a file must say itself. */
const STYLES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight", "text-anchor"];
/** Room for the title and the legend above and the note below, in CSS pixels. */
const MARGIN = 16;
const TITLE = 40;
const LEGEND = 26;
const NOTE = 32;
/** A character is about so wide, a sign of the legend so wide with its gaps. */
const CHARACTER = 7;
const SIGN = 48;
/** Dots to a CSS pixel. */
const DENSITY = 2;

function look() {
  const style = getComputedStyle(document.body);
  const soft = getComputedStyle(document.querySelector(".note") ?? document.body);
  return { ground: style.backgroundColor, ink: style.color, soft: soft.color, font: style.fontFamily };
}

const sizeOf = (svg) => ({ width: svg.width.baseVal.value, height: svg.height.baseVal.value });

function make(name, attributes, ...children) {
  const node = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** What a drawing holds, with every style written out, moved to a place. */
function placed(svg, x, y) {
  const copy = svg.cloneNode(true);
  const [from, to] = [svg, copy].map((root) => [root, ...root.querySelectorAll("*")]);
  from.forEach((node, at) => {
    const style = getComputedStyle(node);
    for (const property of STYLES) to[at].setAttribute(property, style.getPropertyValue(property));
    for (const attribute of ["class", "style", "tabindex", "role", "aria-label", "aria-hidden"]) to[at].removeAttribute(attribute);
  });
  copy.querySelector("[data-cursor]")?.remove();
  return make("g", { transform: `translate(${x} ${y})`, "font-size": getComputedStyle(svg).fontSize }, ...copy.childNodes);
}

/** The chart with its title, legend and note, as an image that depends on no style sheet. */
function whole(svg, { title, note, legend }) {
  const { width, height } = sizeOf(svg);
  const { ground, ink, soft, font } = look();
  const signs = legend ? [...legend.querySelectorAll("li")] : [];
  const lines = [[]];
  let right = 0;
  for (const sign of signs) {
    const wide = SIGN + sign.textContent.length * CHARACTER + 16;
    if (right + wide > width && right > 0) {
      lines.push([]);
      right = 0;
    }
    lines.at(-1).push([sign, right]);
    right += wide;
  }
  const top = TITLE + (signs.length > 0 ? lines.length * LEGEND : 0);
  const keys = lines.flatMap((line, row) => line.flatMap(([sign, x]) => [
    placed(sign.querySelector("svg"), MARGIN + x, TITLE + row * LEGEND),
    make("text", { x: MARGIN + x + SIGN - 8, y: TITLE + row * LEGEND + 12, "font-size": 13, fill: ink }, sign.textContent),
  ]));
  return make(
    "svg",
    { xmlns: NAMESPACE, width: width + 2 * MARGIN, height: height + top + NOTE, "font-family": font },
    make("title", {}, title),
    make("rect", { width: width + 2 * MARGIN, height: height + top + NOTE, fill: ground }),
    make("text", { x: MARGIN, y: 26, "font-size": 16, "font-weight": 600, fill: ink }, title),
    ...keys,
    placed(svg, MARGIN, top),
    make("text", { x: MARGIN, y: height + top + 20, "font-size": 12, fill: soft }, note),
  );
}

/** The chart as an SVG file of its own. `words` are its `title` and `note`, and its `legend` where it has one. */
export function saveSvg(name, svg, words) {
  download(`${name}.svg`, new Blob([new XMLSerializer().serializeToString(whole(svg, words))], { type: "image/svg+xml" }));
}

/** Where each line of a text begins, in its own coordinates: `[words, x, y]`. */
function linesOf(text) {
  const lines = [];
  let at = 0;
  for (const node of text.childElementCount > 0 ? text.children : [text]) {
    const words = node.textContent;
    if (words.length > 0 && text.getNumberOfChars() > at) {
      const { x, y } = text.getStartPositionOfChar(at);
      lines.push([words, x, y]);
    }
    at += words.length;
  }
  return lines;
}

function paint(pen, node) {
  const style = getComputedStyle(node);
  const isDrawn = (property) => style.getPropertyValue(property) !== "none";
  const { a, b, c, d, e, f } = node.getCTM();
  pen.save();
  pen.transform(a, b, c, d, e, f);
  const strength = Number(style.opacity);
  const fill = () => {
    pen.globalAlpha = strength * Number(style.fillOpacity);
    pen.fillStyle = style.fill;
  };
  if (node.localName === "text") {
    fill();
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    for (const [words, x, y] of linesOf(node)) pen.fillText(words, x, y);
  } else {
    const number = (name) => node[name].baseVal.value;
    const path = new Path2D(node.localName === "path" ? node.getAttribute("d") : undefined);
    if (node.localName === "rect") path.rect(number("x"), number("y"), number("width"), number("height"));
    if (node.localName === "circle") path.arc(number("cx"), number("cy"), number("r"), 0, 2 * Math.PI);
    if (node.localName === "line") {
      path.moveTo(number("x1"), number("y1"));
      path.lineTo(number("x2"), number("y2"));
    }
    if (isDrawn("fill") && node.localName !== "line") {
      fill();
      pen.fill(path);
    }
    if (isDrawn("stroke")) {
      pen.globalAlpha = strength * Number(style.strokeOpacity);
      pen.strokeStyle = style.stroke;
      pen.lineWidth = parseFloat(style.strokeWidth);
      pen.setLineDash(isDrawn("stroke-dasharray") ? style.strokeDasharray.split(/[ ,]+/).map(parseFloat) : []);
      pen.stroke(path);
    }
  }
  pen.restore();
}

/** The chart as a PNG file, drawn shape by shape: the pages' policy lets no picture be loaded from memory. */
export async function savePng(name, svg, words) {
  const image = whole(svg, words);
  image.classList.add("unseen");
  // Only what is part of the page has a place and a style.
  document.body.append(image);
  try {
    const { width, height } = sizeOf(image);
    const canvas = document.createElement("canvas");
    canvas.width = width * DENSITY;
    canvas.height = height * DENSITY;
    const pen = canvas.getContext("2d");
    pen.scale(DENSITY, DENSITY);
    for (const node of image.querySelectorAll("path, line, rect, circle, polyline, text")) paint(pen, node);
    download(`${name}.png`, await new Promise((done) => canvas.toBlob(done, "image/png")));
  } finally {
    image.remove();
  }
}
