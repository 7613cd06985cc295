/** Runs in the host page: sizes the frames as the app tells, and hands the theme to them. */
export const hostScript = `(function () {
  'use strict';
  var root = document.documentElement;

  function readTheme() {
    try { return localStorage.getItem('theme'); } catch { return null; }
  }
  function systemTheme() {
    return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  function theme() { return readTheme() || systemTheme(); }
  function frames() { return Array.from(document.querySelectorAll('iframe')); }
  function tellTheme(frame) { frame.contentWindow.postMessage({ type: 'theme', theme: theme() }, '*'); }
  function apply() {
    root.setAttribute('data-theme', theme());
    var button = document.getElementById('theme');
    if (button) { button.textContent = theme() === 'dark' ? 'Light theme' : 'Dark theme'; }
    frames().forEach(tellTheme);
  }
  window.addEventListener('message', function (event) {
    var frame = frames().find(function (one) { return one.contentWindow === event.source; });
    var data = event.data;
    if (!frame || !data || data.source !== 'ac') { return; }
    if (data.type === 'ready') { tellTheme(frame); }
    if (data.type === 'resize') { frame.style.height = Math.max(40, Math.min(20000, Number(data.height) || 0)) + 'px'; }
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply);
  document.addEventListener('DOMContentLoaded', function () {
    document.getElementById('theme').addEventListener('click', function () {
      try { localStorage.setItem('theme', theme() === 'dark' ? 'light' : 'dark'); } catch { /* Not kept, then. */ }
      apply();
    });
    apply();
  });
  root.setAttribute('data-theme', theme());
})();
`;
