// Owns nothing but a start in pages that are open; a background that tests may kill.
chrome.runtime.onInstalled.addListener(async () => {
  for (const { id } of await chrome.tabs.query({ url: chrome.runtime.getManifest().host_permissions })) chrome.scripting.executeScript({ target: { tabId: id }, files: ['villain.js'] });
});
