/** Whether Command takes the place of Ctrl. */
export const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
