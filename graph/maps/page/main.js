// Starts the page: each part wires itself to the reader's choices.
import { byId } from "./dom.js";
import { startEmbed } from "./embed.js";
import { startEmpty } from "./empty.js";
import { startJumps } from "./jumps.js";
import { startKeyboard } from "./keyboard.js";
import { startLegend } from "./legend.js";
import { startNetwork } from "./network.js";
import { startPanel } from "./panel.js";
import { startSave } from "./save.js";
import { startSearch } from "./search.js";
import { startTable } from "./table.js";
import { startTheme } from "./theme.js";
import { startTimeline } from "./timeline.js";
import { startTip } from "./tip.js";
import { whole, zoom } from "./view.js";
import { startWheel } from "./wheel.js";

startTheme();
startNetwork();
startLegend();
startEmpty();
startPanel();
startTip();
startSearch();
startTable();
startTimeline();
startKeyboard();
startSave();
startEmbed();
startWheel();
startJumps();

byId("whole").addEventListener("click", () => whole());
byId("closer").addEventListener("click", () => zoom(1.3));
byId("farther").addEventListener("click", () => zoom(1 / 1.3));
byId("waiting").remove();
document.documentElement.dataset.ready = "yes";
