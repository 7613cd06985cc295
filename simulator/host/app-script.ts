/**
 * The simulator's stand-in for Bitbucket's `/atlassian-connect/all.js`, run inside the app's frame: it measures the
 * element `ac-content`, tells the host its height, and takes over the host's theme. It knows nothing else.
 */
export const appScript = `(function () {
  'use strict';
  var told = -1;
  var observed = null;

  function tell(message) {
    window.parent.postMessage(Object.assign({ source: 'ac' }, message), '*');
  }
  function measure() {
    var content = document.querySelector('.ac-content');
    if (!content) { return; }
    var height = Math.ceil(content.getBoundingClientRect().height);
    if (height !== told) { told = height; tell({ type: 'resize', height: height }); }
  }
  var sizes = new ResizeObserver(function () { requestAnimationFrame(measure); });
  function follow() {
    var content = document.querySelector('.ac-content');
    if (content && content !== observed) {
      sizes.disconnect();
      sizes.observe(content);
      observed = content;
      measure();
    }
  }
  function start() {
    follow();
    new MutationObserver(follow).observe(document.body, { childList: true });
    tell({ type: 'ready' });
  }
  window.addEventListener('message', function (event) {
    if (event.source !== window.parent || !event.data || event.data.type !== 'theme') { return; }
    var theme = event.data.theme === 'dark' ? 'dark' : 'light';
    document.documentElement.setAttribute('data-color-mode', theme);
    document.documentElement.setAttribute('data-theme', theme);
  });
  window.AP = {
    resize: measure,
    getLocation: function (callback) { callback(document.referrer); },
    require: function (_names, callback) { if (callback) { callback(); } }
  };
  if (document.readyState === 'loading') { document.addEventListener('DOMContentLoaded', start); } else { start(); }
})();
`;
