/** What a frame of its own says to Streamlit's page and hears from it: the messages of a component, version 1. */

/**
 * @param {(args: object, theme: {backgroundColor?: string} | null) => void} render called with what Python gave, each time it does
 * @returns {{tell: (value: object) => void, setHeight: (px: number) => void}} `tell` hands a value to Python
 */
export function joinPage(render) {
  const send = (type, more) => window.parent.postMessage({ isStreamlitMessage: true, type: `streamlit:${type}`, ...more }, window.location.origin);
  let seq = 0;
  window.addEventListener("message", ({ data, source }) => {
    if (source === window.parent && data?.type === "streamlit:render") render(data.args, data.theme ?? null);
  });
  send("componentReady", { apiVersion: 1 });
  return {
    /** The number makes the same value twice two values. */
    tell: (value) => send("setComponentValue", { dataType: "json", value: { ...value, seq: (seq += 1), at: Date.now() } }),
    setHeight: (height) => send("setFrameHeight", { height }),
  };
}
