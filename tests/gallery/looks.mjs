// Owns the checks of colours in real browsers: contrast on every network's ground, and that the page's theme is followed.

/** Checks by name; `scene` opens one, `run` runs a function in it, `check` states what was found. */
export const looks = ({ scene, run, check }) => ({
  async "words stand out from what is behind them"() {
    for (const network of ["x", "linkedin"]) {
      for (const theme of ["light", "dark"]) {
        await scene({ network, theme });
        for (const [ratio, name] of await run(() => {
          const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
          const rgb = (...colors) => {
            canvas.clearRect(0, 0, 1, 1);
            for (const color of colors) {
              canvas.fillStyle = color;
              canvas.fillRect(0, 0, 1, 1);
            }
            return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
          };
          const luminance = (color) => color.map((channel) => channel / 255).map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)).reduce((sum, channel, at) => sum + channel * [0.2126, 0.7152, 0.0722][at], 0);
          const behind = (element) => {
            for (let at = element; at; at = at.parentElement) {
              const color = getComputedStyle(at).backgroundColor;
              if (!/rgba.*, 0\)/.test(color)) return color;
            }
            return "white";
          };
          return [...globalThis.record.hosts].map((host) => {
            const button = host.shadowRoot.querySelector("button");
            const ground = behind(host.parentElement);
            const style = getComputedStyle(button);
            const [one, other] = [luminance(rgb(ground, style.color)), luminance(rgb(ground))];
            const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
            return [ratio, button.className];
          });
        })) {
          // The muted "?" has the colour that the page gives its own small print.
          const least = name === "unsure" ? 3 : 4.5;
          check(`${network} ${theme} ${name}: contrast ${ratio.toFixed(1)} is enough`, ratio >= least, true);
        }
      }
    }
  },

  async "the theme is known before the first badge is painted"() {
    await scene({ scene: "bare", theme: "dark" });
    const found = await run(async () => {
      const frame = () => new Promise(requestAnimationFrame);
      await frame();
      globalThis.gallery.badge(0, "conversation", "ask", globalThis.targets[0]);
      const [host] = globalThis.record.hosts;
      const scheme = () => getComputedStyle(host).colorScheme;
      const atOnce = scheme();
      // The first frame's callbacks run before it is laid out, those of the second once it is painted.
      await frame();
      await frame();
      return [atOnce, scheme()];
    });
    check("scheme", found[1], "dark");
    check("asked at once", found[0], "light");
  },

  async "the theme is followed"() {
    await scene({});
    const color = () => run(() => getComputedStyle([...globalThis.record.hosts][0].shadowRoot.querySelector("button")).color);
    const light = await color();
    await run(async () => {
      document.documentElement.classList.replace("light", "dark");
      await new Promise((done) => setTimeout(done, 50));
    });
    check("colour changed", (await color()) !== light, true);
  },
});
