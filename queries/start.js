// Brings our style, saved scripts and settings to Neo4j Browser, then opens it.
//
// Browser keeps what a user has in this web browser's storage, under "neo4j.": "documents" (the scripts),
// "folders", "settings" and "grass" (the style), each as JSON. Ours have ids that start with "nhsgraph/"; all others are left as they are.
"use strict";

const OURS = "nhsgraph/";

function kept(name) {
  try {
    return JSON.parse(localStorage.getItem("neo4j." + name));
  } catch {
    return null;
  }
}

function keep(name, value) {
  localStorage.setItem("neo4j." + name, JSON.stringify(value));
}

function listed(name) {
  const value = kept(name);
  return Array.isArray(value) ? value.filter((item) => item !== null && typeof item === "object") : [];
}

function isOurs(item) {
  return typeof item.id === "string" && item.id.startsWith(OURS);
}

function bringScripts(brought) {
  const theirs = listed("documents").filter((script) => !isOurs(script));
  // A folder of an older version stays while a script of the user's own is in it.
  const used = new Set(theirs.map((script) => script.folder));
  for (const folder of brought.folders) used.delete(folder.id);
  const folders = listed("folders").filter((folder) => !isOurs(folder) || used.has(folder.id));
  keep("documents", [...theirs, ...brought.documents]);
  keep("folders", [...folders, ...brought.folders]);
}

function bringSettings() {
  const settings = { ...kept("settings") };
  // Neo4j's own welcome, which says nothing of this graph.
  if (settings.initCmd === undefined || settings.initCmd === ":play start") settings.initCmd = "";
  // Nothing is reported to anybody.
  settings.allowUserStats = false;
  settings.allowCrashReports = false;
  // Our scripts of parameters are several commands each.
  settings.enableMultiStatementMode = true;
  keep("settings", settings);
}

async function start() {
  const state = document.getElementById("state");
  try {
    const answer = await fetch("start.json", { cache: "no-store" });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    const brought = await answer.json();
    keep("grass", brought.style);
    bringScripts(brought);
    bringSettings();
    location.replace(brought.browser);
  } catch (error) {
    state.textContent = `Style and saved scripts could not be brought to Neo4j Browser (${error.message}). `
      + "Run “nhsgraph browser” again, then reload this page.";
  }
}

start();
