/** The addresses of the descriptor, relative to the path of BASE_URL; compared with it by a test. */
export const connectPaths = {
  descriptor: '/atlassian-connect.json',
  installed: '/connect/installed',
  uninstalled: '/connect/uninstalled',
  enabled: '/connect/enabled',
  disabled: '/connect/disabled',
  notices: '/connect/notices',
} as const;
